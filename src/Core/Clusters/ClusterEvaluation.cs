using Changeling.Counts;
using Changeling.Exceptions;
using Changeling.Findings;
using Changeling.Rules;
using Changeling.Storing;

namespace Changeling.Clusters;

/// <summary>
/// Adds the closed windows' sums of all event partitions, compares each entity with its own history and stores what the cluster rules
/// find. Each entity's window is decided once, by the commit that wins; safe to run twice, to be killed anywhere, and beside scoring.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="baseline">The set of counts.</param>
/// <param name="emitAfter">How long the deployment learns.</param>
/// <param name="format">The format of detections.</param>
/// <param name="alerts">What is marked as an alert.</param>
public sealed class ClusterEvaluation(
    IClusterStore store, string baseline, TimeSpan emitAfter, DetectionFormat format, AlertKind alerts)
{
    /// <summary>
    /// A partition that is so far behind the newest one receives no events or has a backlog. Windows are closed without waiting for it.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Maximum number of windows in one run, so that a run after a long pause ends; the next continues.</summary>
    private const int MaxWindows = 64;

    /// <summary>Evaluates all windows that closed since the last run.</summary>
    /// <param name="rules">The rules; those on clusters are used.</param>
    /// <param name="exceptions">The exceptions in force.</param>
    /// <param name="cancellationToken">Stops between steps; what is committed stays.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be used now: the next run continues.</exception>
    public async Task<ClusterOutcome> RunAsync(RuleSet rules, ExceptionList exceptions, CancellationToken cancellationToken)
    {
        var partitions = await store.PartitionsAsync(baseline, cancellationToken);
        if (partitions.Count == 0) return new ClusterOutcome(0, 0, 0);

        var closed = Closed([.. partitions.Select(p => p.Watermark.HighestEnqueuedTime)]);
        var known = await store.ReadStateAsync(baseline, cancellationToken);
        var begun = ClockWindow.At(partitions.Min(p => p.Watermark.LearningSince));
        var state = known?.State ?? new ClusterState(Later(begun, new(closed.Number - ClockWindow.Kept)), "", begun);
        var run = new ClusterRun(
            store,
            baseline,
            rules,
            exceptions,
            new(rules.Attack, format, ProductVersion.Text),
            alerts.MarkFindings() ? begun.Start + emitAfter : null)
        { State = state, Version = known?.Version };

        var first = state.After is null ? new ClockWindow(state.Window.Number + 1) : state.Window;
        first = Later(first, new(closed.Number - ClockWindow.Kept));
        var last = new ClockWindow(Math.Min(closed.Number, first.Number + MaxWindows - 1));
        if (last < first) return new ClusterOutcome(0, 0, 0);

        var sums = (await Task.WhenAll(partitions.Select(p => store.SumsAsync(p.Partition, first, last, cancellationToken))))
            .SelectMany(s => s)
            .ToLookup(s => s.Key.Window);
        foreach (var window in sums.Select(s => s.Key).Append(last).Distinct().Order())
        {
            var entities = sums[window]
                .GroupBy(s => (s.Key.Kind, s.Key.Entity))
                .Select(Add)
                .OrderBy(s => EntityHistory.NameOf(s.Key.Kind, s.Key.Entity), StringComparer.Ordinal);
            if (!await run.EvaluateAsync(window, [.. entities], cancellationToken)) break;
        }

        return run.Outcome;
    }

    /// <summary>The last window that is closed: no partition adds to it any more, except those that are too far behind.</summary>
    private static ClockWindow Closed(IReadOnlyList<DateTimeOffset> clocks)
    {
        var newest = clocks.Max();
        return new ClockWindow(ClockWindow.At(clocks.Where(c => newest - c <= Patience).Min()).Number - 1);
    }

    private static MaliciousSum Add(IEnumerable<MaliciousSum> parts) => parts.Aggregate((a, b) => a with
    {
        Launches = a.Launches + b.Launches,
        Units = a.Units + b.Units,
        Children =
        [
            .. a.Children.Concat(b.Children).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MaliciousSum.MaxChildren),
        ],
    });

    private static ClockWindow Later(ClockWindow a, ClockWindow b) => a > b ? a : b;
}

/// <summary>The result of one run.</summary>
/// <param name="Windows">Windows that were finished.</param>
/// <param name="Entities">Number of evaluated windows, one for each entity.</param>
/// <param name="Detections">Detections that were stored, suppressed ones included.</param>
public sealed record ClusterOutcome(int Windows, int Entities, int Detections)
{
    /// <summary>Rule → detections that an exception suppressed.</summary>
    public IReadOnlyDictionary<string, int> Suppressed { get; init; } = new Dictionary<string, int>();

    /// <summary>What the stored detections were written from, suppressed ones included.</summary>
    public IReadOnlyList<FoundCluster> Found { get; init; } = [];
}
