using Changeling.Baseline;
using Changeling.Rules;

namespace Changeling.Clusters;

/// <summary>
/// Adds the closed windows' sums of all event partitions, compares each entity with its own history and stores what the cluster rules
/// find. Each entity's window is decided once, by the commit that wins; safe to run twice, to be killed anywhere, and beside scoring.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="baseline">The set of counts.</param>
/// <param name="emitAfter">How long the deployment learns.</param>
/// <param name="format">In which words detections are written.</param>
public sealed class ClusterEvaluation(IClusterStore store, string baseline, TimeSpan emitAfter, DetectionFormat format)
{
    /// <summary>A partition so far behind the newest one stands still or has a backlog: windows do not wait for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Entities in one step: each with its history and up to two detections, and the state, fit one transaction.</summary>
    private const int EntitiesInStep = 30;

    /// <summary>Most windows in one run, so that a run after a long pause ends; the next goes on.</summary>
    private const int MostWindows = 64;

    /// <summary>Evaluates all windows that closed since the last run.</summary>
    /// <param name="rules">The rules; those on clusters are used.</param>
    /// <param name="cancellationToken">Stops between steps; what is committed stays.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be used now: the next run goes on.</exception>
    public async Task<ClusterOutcome> RunAsync(RuleSet rules, CancellationToken cancellationToken)
    {
        var partitions = await store.PartitionsAsync(baseline, cancellationToken);
        if (partitions.Count == 0) return new ClusterOutcome(0, 0, 0);

        var closed = Closed([.. partitions.Select(p => p.Watermark.HighestEnqueuedTime)]);
        var known = await store.ReadStateAsync(baseline, cancellationToken);
        var begun = ClockWindow.At(partitions.Min(p => p.Watermark.LearningSince));
        var state = known?.State ?? new ClusterState(Later(begun, new(closed.Number - ClockWindow.Kept)), "", begun);
        var run = new Run(store, baseline, rules, new(rules.Attack, format, EventJudge.ProductVersion), begun.Start + emitAfter) { State = state, ETag = known?.ETag };

        var first = state.After is null ? new ClockWindow(state.Window.Number + 1) : state.Window;
        first = Later(first, new(closed.Number - ClockWindow.Kept));
        var last = new ClockWindow(Math.Min(closed.Number, first.Number + MostWindows - 1));
        if (last < first) return new ClusterOutcome(0, 0, 0);

        var sums = (await Task.WhenAll(partitions.Select(p => store.SumsAsync(p.Partition, first, last, cancellationToken)))).SelectMany(s => s).ToLookup(s => s.Key.Window);
        foreach (var window in sums.Select(s => s.Key).Append(last).Distinct().Order())
        {
            var entities = sums[window].GroupBy(s => (s.Key.Kind, s.Key.Entity)).Select(Add).OrderBy(s => EntityHistory.NameOf(s.Key.Kind, s.Key.Entity), StringComparer.Ordinal);
            if (!await run.EvaluateAsync(window, [.. entities], cancellationToken)) break;
        }

        return run.Outcome;
    }

    /// <summary>The last window that no partition in step adds to any more.</summary>
    private static ClockWindow Closed(IReadOnlyList<DateTimeOffset> clocks)
    {
        var newest = clocks.Max();
        return new ClockWindow(ClockWindow.At(clocks.Where(c => newest - c <= Patience).Min()).Number - 1);
    }

    private static MaliciousSum Add(IEnumerable<MaliciousSum> parts) => parts.Aggregate((a, b) => a with
    {
        Launches = a.Launches + b.Launches,
        Units = a.Units + b.Units,
        Children = [.. a.Children.Concat(b.Children).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(ClusterEvidence.MostChildren)],
    });

    private static ClockWindow Later(ClockWindow a, ClockWindow b) => a > b ? a : b;

    private sealed class Run(IClusterStore store, string baseline, RuleSet rules, ClusterFindingWriter writer, DateTimeOffset learnsUntil)
    {
        private int _windows;
        private int _entities;
        private int _detections;

        public required ClusterState State { get; set; }

        public required string? ETag { get; set; }

        public ClusterOutcome Outcome => new(_windows, _entities, _detections);

        /// <summary>Works through one window in steps; where another run was first, this one ends.</summary>
        public async Task<bool> EvaluateAsync(ClockWindow window, IReadOnlyList<MaliciousSum> sums, CancellationToken cancellationToken)
        {
            var done = State.Window == window ? State.After ?? "" : "";
            var left = sums.Where(s => string.CompareOrdinal(EntityHistory.NameOf(s.Key.Kind, s.Key.Entity), done) > 0).Chunk(EntitiesInStep).ToList();
            if (left.Count == 0) left.Add([]);
            foreach (var (i, some) in left.Index())
            {
                var isLast = i == left.Count - 1;
                var (histories, detections) = await DecideAsync(window, some, cancellationToken);
                var next = State with { Window = window, After = isLast ? null : histories[^1].Name };
                var etag = await store.CommitAsync(baseline, new ClusterStep(ETag, next, histories, detections), cancellationToken);
                if (etag is null) return false;
                (State, ETag) = (next, etag);
                _entities += histories.Count;
                _detections += detections.Count;
            }

            _windows++;
            return true;
        }

        private async Task<(List<EntityHistory> Histories, List<ClusterDetection> Detections)> DecideAsync(
            ClockWindow window, MaliciousSum[] sums, CancellationToken cancellationToken)
        {
            var (histories, detections) = (new List<EntityHistory>(), new List<ClusterDetection>());
            foreach (var sum in sums)
            {
                var (kind, entity) = (sum.Key.Kind, sum.Key.Entity);
                var history = await store.ReadHistoryAsync(baseline, kind, entity, cancellationToken) ?? EntityHistory.None(kind, entity);
                var (mean, deviation, windows) = history.Before(window, State.Since);
                var evidence = new ClusterEvidence(kind, entity, window.Start, sum.Launches, sum.Probability, mean, deviation, windows, sum.Children);
                detections.AddRange(rules.OnClusters.Where(r => r.Cluster!.Holds(evidence)).Take(2)
                    .Select(rule => new ClusterDetection(window, rule.Id, entity, writer.Write(rule, evidence, isAlert: window.Start >= learnsUntil))));
                histories.Add(history.After(window, sum.Probability));
            }

            return (histories, detections);
        }
    }
}

/// <summary>What one run came to.</summary>
/// <param name="Windows">Windows that were finished.</param>
/// <param name="Entities">Entities' windows that were judged.</param>
/// <param name="Detections">Detections that were stored.</param>
public sealed record ClusterOutcome(int Windows, int Entities, int Detections);
