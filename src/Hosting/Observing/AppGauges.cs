using System.Diagnostics.Metrics;
using Changeling.Hosting.Fleet;
using Changeling.Hosting.Models;

namespace Changeling.Hosting.Observing;

/// <summary>Gauges for the state of the app, which are read whenever metrics are collected.</summary>
internal sealed class AppGauges
{
    public AppGauges(IMeterFactory factory, ISnapshotSource snapshots, FleetHost fleet)
    {
        var meter = factory.Create(Telemetry.Name);
        meter.CreateObservableGauge(
            "changeling.model.active",
            () => Model(snapshots),
            "{model}",
            "1 for the model that scores now, by version; nothing while none is loaded.");
        meter.CreateObservableGauge(
            "changeling.fleet.partitions",
            () => fleet.View.Partitions.Count,
            "{partition}",
            "Event partitions whose counts this instance knows.");
    }

    private static IEnumerable<Measurement<int>> Model(ISnapshotSource snapshots) =>
        snapshots.ModelVersion is { } version ? [new(1, new KeyValuePair<string, object?>("version", version))] : [];
}
