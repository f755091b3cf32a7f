using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Findings;
using Changeling.Pipeline;
using Changeling.Rarity;
using Changeling.Storing;

namespace Changeling.Backtest.Fleet;

/// <summary>
/// The function app in memory: the pipeline with its counts, the exchange of snapshots between partitions, and the timer functions.
/// </summary>
internal sealed class FleetCounts
{
    private readonly PipelineSettings _settings;

    public FleetCounts(PipelineSnapshot snapshot, PipelineSettings settings)
    {
        Snapshot = snapshot;
        _settings = settings with { KeepsDecided = true };
        var gathers = settings.Alerts.MarkIncidents();
        Pipeline = new(new WithoutOutbox(Store, keepsSignals: gathers), new CountedDeadLetters(), _settings);
        Timer = new(Store, settings.BaselineName, () => Partitions.Select(Named), settings.EmitAfter, settings.Alerts);
        Incidents = gathers ? new(Store, Timer.Store, settings) : null;
    }

    public InMemoryBaselineStore Store { get; } = new();

    public BatchPipeline Pipeline { get; }

    public ClusterTimer Timer { get; }

    /// <summary>Gathers the incidents; <see langword="null"/> where they are no alerts.</summary>
    public IncidentTimer? Incidents { get; }

    /// <summary>Model, prior, rules and exceptions for the next batches.</summary>
    public PipelineSnapshot Snapshot { get; private set; }

    /// <summary>The event partitions so far, always in the same order.</summary>
    public IEnumerable<EventPartition> Partitions => Pipeline.Partitions.OrderBy(p => p.Id, StringComparer.Ordinal);

    /// <summary>The partition of these counts with the given id.</summary>
    public BaselinePartition Named(EventPartition partition) => new(_settings.BaselineName, partition);

    /// <summary>
    /// Processes batches of different partitions at the same time. None sees the counts of another before the fleet view is refreshed.
    /// </summary>
    public async Task<IReadOnlyList<BatchOutcome>> ProcessAsync(IEnumerable<EventBatch> batches, CancellationToken cancellationToken) =>
        await Task.WhenAll(
            batches.Select(batch => Task.Run(() => Pipeline.ProcessAsync(batch, Snapshot, cancellationToken), cancellationToken)));

    /// <summary>Exchanges the counts between the partitions.</summary>
    public async Task RefreshFleetAsync(CancellationToken cancellationToken)
    {
        var snapshots = new List<PartitionSnapshot>();
        foreach (var partition in Partitions)
        {
            if (await Pipeline.SnapshotAsync(partition, Snapshot.Fleet.SnapshotOf(partition), cancellationToken) is { } taken)
                snapshots.Add(taken);
        }

        TakeFleet(snapshots);
    }

    /// <summary>Uses snapshots as the fleet view.</summary>
    public void TakeFleet(IEnumerable<PartitionSnapshot> snapshots) =>
        Snapshot = Snapshot with { Fleet = FleetView.Of(snapshots, new HalfLife(_settings.HalfLifeDays)) };

    /// <summary>Evaluates the closed windows.</summary>
    public Task<(IReadOnlyList<SentCluster> Sent, ClockWindow? Evaluated)> EvaluateClustersAsync(CancellationToken cancellationToken) =>
        Timer.FireAsync(Snapshot.Rules, Snapshot.Exceptions, cancellationToken);
}
