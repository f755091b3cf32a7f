using System.Text;
using Changeling.Events;
using Changeling.HostStandIn;

namespace Changeling.Functions.Tests.StandIn;

/// <summary>Small batches and feeds.</summary>
internal static class Batches
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 8, 30, 15, 120, TimeSpan.Zero);

    public static EventBatch Of(string partition, int messages) => new(new EventPartition("telemetry", partition), Messages(messages));

    public static PartitionFeed Feed(string partition, int messages) =>
        new(new EventPartition("telemetry", partition), Messages(messages).ToAsyncEnumerable());

    private static TelemetryMessage[] Messages(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new TelemetryMessage(i, Start.AddMilliseconds(i), Encoding.UTF8.GetBytes($"{{\"id\":{i}}}")))];
}
