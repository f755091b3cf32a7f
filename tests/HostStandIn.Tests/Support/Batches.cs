using System.Text;
using Changeling.Events;

namespace Changeling.HostStandIn.Tests.Support;

/// <summary>Small batches and feeds, each message a command to the worker.</summary>
internal static class Batches
{
    public static DateTimeOffset Start { get; } = new(2026, 11, 24, 8, 30, 15, 120, TimeSpan.Zero);

    public static EventBatch Of(params string[] commands) => Of("0", commands);

    public static EventBatch Of(string partition, string[] commands) => new(new EventPartition("telemetry", partition), Messages(commands));

    public static PartitionFeed Feed(string partition, params string[] commands) =>
        new(new EventPartition("telemetry", partition), Messages(commands).ToAsyncEnumerable());

    private static TelemetryMessage[] Messages(string[] commands) =>
        [.. commands.Select((command, i) => new TelemetryMessage(i, Start.AddMilliseconds(i), Encoding.UTF8.GetBytes(command)))];
}
