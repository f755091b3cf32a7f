using System.Globalization;
using Changeling.Events;
using Changeling.Functions.Tests.App;
using Changeling.HostStandIn;
using Changeling.Hubs;
using Changeling.Simulation;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>A small simulated fleet with attacks in it: made once for all tests of the process.</summary>
internal static class Fleet
{
    private static readonly Lazy<IReadOnlyList<SimulatedMessage>> Messages = new(() =>
        TelemetryWriter.Write(FleetSimulator.Run(new SimulationOptions { Hosts = 4, Hours = 12, Attacks = 3 })));

    /// <summary>For a hub of four partitions; in one of them all hosts' messages keep their order, so that runs can be compared.</summary>
    private static IEnumerable<OutgoingMessage> Outgoing => Messages.Value.Select(m =>
        new OutgoingMessage(m.HostName, m.Body, m.HostName)
        {
            EnqueuedTime = m.EnqueuedTime,
            PartitionId = (m.HostIndex % 4).ToString(CultureInfo.InvariantCulture),
        });

    /// <summary>To a run's telemetry hub, through the official client, on the simulated clock.</summary>
    public static async Task SendAsync(AppRun run)
    {
        await using var sender = new TelemetrySender(HubEndpoint.OfConnectionString(run.Hubs.ConnectionString), AppRun.TelemetryHub);
        await sender.SendAsync(Outgoing, null, TestContext.Current.CancellationToken);
    }

    /// <summary>The same on the same partitions, without a hub: for tests that choose where batches are cut.</summary>
    public static IReadOnlyList<PartitionFeed> Feeds() =>
    [
        .. Messages.Value.GroupBy(
            m => new EventPartition("telemetry", (m.HostIndex % 4).ToString(CultureInfo.InvariantCulture))).Select(partition =>
            new PartitionFeed(
                partition.Key, partition.Select((m, i) => new TelemetryMessage(i, m.EnqueuedTime, m.Body)).ToAsyncEnumerable())),
    ];
}
