using Changeling.Events;
using Changeling.HostStandIn;
using Changeling.Simulation;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>A small simulated fleet with attacks in it, on two event partitions.</summary>
internal static class Fleet
{
    private static readonly Lazy<IReadOnlyDictionary<EventPartition, IReadOnlyList<TelemetryMessage>>> Messages = new(() =>
        TelemetryWriter.Write(FleetSimulator.Run(new SimulationOptions { Hosts = 10, Hours = 20, Attacks = 4 }))
            .GroupBy(m => new EventPartition("telemetry", m.HostIndex % 2 == 0 ? "0" : "1"))
            .ToDictionary(g => g.Key, g => (IReadOnlyList<TelemetryMessage>)[.. g.Select((m, i) => new TelemetryMessage(i, m.EnqueuedTime, m.Body))]));

    public static IReadOnlyList<PartitionFeed> Feeds() =>
        [.. Messages.Value.Select(p => new PartitionFeed(p.Key, p.Value.ToAsyncEnumerable()))];
}
