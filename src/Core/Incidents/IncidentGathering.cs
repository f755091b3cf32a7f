using Changeling.Counts;
using Changeling.Findings;
using Changeling.Rules;
using Changeling.Storing;

namespace Changeling.Incidents;

/// <summary>
/// Gathers the signals of all event partitions and the findings of the cluster rules to incidents, and stores what is to be sent about
/// them. Each signal is taken once, by the commit that wins; safe to run twice, to be killed anywhere, and beside scoring.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="baseline">The set of counts.</param>
/// <param name="format">The format of detections.</param>
/// <param name="alerts">What is marked as an alert.</param>
public sealed class IncidentGathering(
    IIncidentStore store, string baseline, DetectionFormat format, AlertKind alerts)
{
    /// <summary>Maximum number of rows that are read of one event partition at once.</summary>
    internal const int MaxRows = 100;

    /// <summary>Maximum number of rounds in one run, so that a run after a long pause ends; the next continues.</summary>
    private const int MaxRounds = 50;

    /// <summary>
    /// A partition that is so far behind the newest one receives no events or has a backlog. Incidents are closed without waiting for it.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private Known? _known;

    /// <summary>Gathers all signals that were stored since the last run.</summary>
    /// <param name="rules">The rules: those on clusters name their entities, and the threshold says which incidents are sent.</param>
    /// <param name="cancellationToken">Stops between steps; what is committed stays.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be used now: the next run continues.</exception>
    public async Task<IncidentOutcome> RunAsync(RuleSet rules, CancellationToken cancellationToken)
    {
        var partitions = await store.PartitionsAsync(baseline, cancellationToken);
        if (partitions.Count == 0) return IncidentOutcome.Nothing;

        var stored = await store.ReadStateAsync(baseline, cancellationToken);
        var book = await BookAsync(stored?.Version, cancellationToken);
        var clock = Clock([.. partitions.Select(p => p.Watermark.HighestEnqueuedTime)]);
        var threshold = rules.Thresholds.IncidentIn(Hosts(partitions.Select(p => p.Watermark)));
        var state = stored?.State ?? new IncidentState(new Dictionary<string, SignalsRead>(), null, clock, 0);
        if (clock < state.Clock) clock = state.Clock;
        var run = new IncidentRun(store, baseline, new(rules.Attack, format, ProductVersion.Text), alerts, threshold, book)
        {
            State = state with { Clock = clock },
            Version = stored?.Version,
            ClustersBefore = stored?.State.Clusters,
        };

        var isWhole = await GatherAsync(partitions, run, cancellationToken)
            && await AddClustersAsync(rules, run, cancellationToken)
            && await run.SendDueAsync(cancellationToken)
            && await run.CommitAsync(cancellationToken);
        if (isWhole && run.Version is { } version) _known = new(version, book);
        return run.Outcome;
    }

    /// <summary>
    /// The incidents in the store. They are in memory already if the last run of this process made the present state. The run takes them
    /// out of memory, so that no other run changes them, and a run that fails leaves nothing behind.
    /// </summary>
    private async Task<IncidentBook> BookAsync(string? version, CancellationToken cancellationToken)
    {
        var known = Interlocked.Exchange(ref _known, null);
        if (version is null) return new(new(), []);
        if (known?.Version == version) return known.Book;
        var rows = await store.ReadRowsAsync(baseline, cancellationToken);
        return new(
            Habits.Of(rows.Where(r => r.Kind == IncidentRowKind.Habits)),
            rows.Where(r => r.Kind == IncidentRowKind.Incident).Select(IncidentRows.Read).OfType<Incident>());
    }

    private async Task<bool> GatherAsync(
        IReadOnlyList<(string Partition, Watermark Watermark)> partitions, IncidentRun run, CancellationToken cancellationToken)
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            var read = await Task.WhenAll(
                partitions.Select(p => ReadAsync(p.Partition, run.ReadOf(p.Partition, p.Watermark), cancellationToken)));
            foreach (var waiting in WaitingSignals.InOrder(read))
            {
                if (!await run.TakeAsync(waiting, cancellationToken)) return false;
            }

            if (read.All(r => r.Rows.Count < MaxRows)) return true;
        }

        return true;
    }

    private async Task<PartitionSignals> ReadAsync(string partition, SignalsRead read, CancellationToken cancellationToken) =>
        new(partition, read, await store.SignalsAsync(partition, read.Last, MaxRows, cancellationToken));

    private async Task<bool> AddClustersAsync(RuleSet rules, IncidentRun run, CancellationToken cancellationToken)
    {
        var (evaluated, found) = await store.ClustersAsync(baseline, run.State.Clusters, cancellationToken);
        foreach (var cluster in found)
        {
            if (rules.Find(cluster.RuleId)?.Cluster is not { } condition) continue;
            run.Add(cluster, condition.By);
            if (run.IsFull && !await run.CommitAsync(cancellationToken)) return false;
        }

        if (evaluated is { } window) run.State = run.State with { Clusters = window };
        return true;
    }

    /// <summary>The incidents as a run left them.</summary>
    private sealed record Known(string Version, IncidentBook Book);

    /// <summary>About how many hosts all partitions have together; 0 after an upgrade, until the first launches are counted.</summary>
    private static int Hosts(IEnumerable<Watermark> watermarks)
    {
        var all = new HostSketch();
        foreach (var watermark in watermarks) all.Add(HostSketch.Parse(watermark.Hosts));
        return all.Hosts;
    }

    /// <summary>The clock of the partition that is furthest behind, except those that are too far behind.</summary>
    private static DateTimeOffset Clock(IReadOnlyList<DateTimeOffset> clocks)
    {
        var newest = clocks.Max();
        return clocks.Where(c => newest - c <= Patience).Min();
    }
}

/// <summary>The result of one run.</summary>
/// <param name="Signals">Signals that were taken.</param>
/// <param name="Watched">Incidents that are only watched, after the run.</param>
/// <param name="Open">Incidents that are open, after the run.</param>
/// <param name="Sent">The messages that were stored, in order.</param>
/// <param name="Changed">
/// The incidents that changed, as they are after the run, those that are only watched included. One that became a part of another comes
/// last, as it was before, and names the other one.
/// </param>
public sealed record IncidentOutcome(
    int Signals, int Watched, int Open, IReadOnlyList<SentIncident> Sent, IReadOnlyList<Incident> Changed)
{
    /// <summary>Nothing happened.</summary>
    public static IncidentOutcome Nothing { get; } = new(0, 0, 0, [], []);

    /// <summary>The score from which incidents were sent, 0–1; <see langword="null"/> where nothing happened.</summary>
    public double? Threshold { get; init; }

    /// <summary>Number of messages that were stored.</summary>
    public int Messages => Sent.Count;
}

/// <summary>An incident as a message describes it.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Activity">What the message says.</param>
/// <param name="IsAlert">Whether people are to look at it.</param>
public sealed record SentIncident(Incident Incident, IncidentActivity Activity, bool IsAlert);
