using Changeling.Clusters;
using Changeling.Counts;
using Changeling.Exceptions;
using Changeling.Findings;
using Changeling.Rules;
using Changeling.Storing;

namespace Changeling.Backtest.Fleet;

/// <summary>
/// Runs the app's timer function by a history's clock: evaluates the cluster rules on the counts in memory and returns each detection once.
/// </summary>
/// <param name="counts">The counts.</param>
/// <param name="baseline">Their name.</param>
/// <param name="partitions">The event partitions.</param>
/// <param name="emitAfter">How long the deployment learns.</param>
/// <param name="alerts">What is marked as an alert.</param>
internal sealed class ClusterTimer(
    InMemoryBaselineStore counts, string baseline, Func<IEnumerable<BaselinePartition>> partitions, TimeSpan emitAfter, AlertKind alerts)
{
    private readonly InMemoryClusterStore _store = new(counts, partitions);

    /// <summary>The store of the cluster rules, which incidents read too.</summary>
    public InMemoryClusterStore Store => _store;

    /// <summary>The progress; <see langword="null"/> before the first window.</summary>
    public async Task<ClusterTimerState?> StateAsync() =>
        await _store.ReadStateAsync(baseline, CancellationToken.None) is { State: var state }
            ? new ClusterTimerState(state, _store.Histories)
            : null;

    /// <summary>Continues from the progress of another timer.</summary>
    public Task TakeOverAsync(ClusterTimerState state, CancellationToken cancellationToken) =>
        _store.CommitAsync(baseline, new ClusterStep(null, state.State, state.Histories, []), cancellationToken);

    /// <summary>Evaluates the windows that closed since the last call.</summary>
    /// <returns>
    /// The detections that are not suppressed, in order of window, rule and entity, and the last evaluated window, if any.
    /// </returns>
    public async Task<(IReadOnlyList<SentCluster> Sent, ClockWindow? Evaluated)> FireAsync(
        RuleSet rules, ExceptionList exceptions, CancellationToken cancellationToken)
    {
        var outcome = await new ClusterEvaluation(_store, baseline, emitAfter, DetectionFormat.Ocsf, alerts)
            .RunAsync(rules, exceptions, cancellationToken);
        var found = outcome.Found.ToDictionary(f => (ClockWindow.At(f.Evidence.Start), f.Rule.Id, f.Evidence.Entity));
        var sent = new List<SentCluster>();
        while (await _store.UnemittedAsync(baseline, ClusterOutbox.MaxAtOnce, cancellationToken) is { Count: > 0 } some)
        {
            sent.AddRange(some.Select(d => new SentCluster(found[(d.Window, d.RuleId, d.Entity)], d.Body)));
            await _store.MarkEmittedAsync(baseline, some, cancellationToken);
        }

        if (await _store.ReadStateAsync(baseline, cancellationToken) is not { State: { After: null } state }) return (sent, null);
        counts.DropSums(state.Window);
        return (sent, state.Window);
    }
}

/// <summary>The progress of the cluster rules.</summary>
internal sealed record ClusterTimerState(ClusterState State, IReadOnlyList<EntityHistory> Histories);

/// <summary>A cluster rule's detection, and its bytes as they are sent.</summary>
internal sealed record SentCluster(FoundCluster Found, ReadOnlyMemory<byte> Body);
