using Changeling.Backtest.Recordings;
using Changeling.Clusters;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Exceptions;
using Changeling.Findings;
using Changeling.Pipeline;

namespace Changeling.Backtest.Gathering;

/// <summary>
/// Collects the pipeline's decisions: numbers by day, the alerts, and the events that would be alerts at lower thresholds.
/// </summary>
/// <param name="truth">The ground truth, if it is known.</param>
/// <param name="rule">The rule whose thresholds are varied.</param>
/// <param name="exceptions">The exceptions in force.</param>
/// <param name="alerts">
/// What is an alert. Where findings are not, they are collected as evidence of incidents, and clusters and other thresholds are left out.
/// </param>
internal sealed class GatheredFindings(Truth? truth, TunedRule rule, ExceptionList exceptions, AlertKind alerts)
{
    private readonly SortedDictionary<DateOnly, Day> _days = [];
    private readonly HashSet<string> _hosts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _uids = new(StringComparer.Ordinal);
    private readonly List<Alert> _alerts = [];
    private readonly List<Candidate> _candidates = [];
    private readonly SummedSteps _summed = new();
    private readonly Dictionary<Lineage, long> _pairs = [];
    private readonly FindingExcerpts _excerpts = new();

    /// <summary>The rule whose thresholds are varied.</summary>
    public TunedRule Rule => rule;

    /// <summary>The findings after the learning period: alerts, or evidence of incidents.</summary>
    public IReadOnlyList<Alert> Alerts => _alerts;

    /// <summary>The launches among them.</summary>
    public IEnumerable<Alert> Launched => _alerts.Where(a => a.Launch is not null);

    public IReadOnlyList<Candidate> Candidates => _candidates;

    /// <summary>All launches by parent and child, reported or not, the learning period included.</summary>
    public IReadOnlyDictionary<Lineage, long> Pairs => _pairs;

    /// <summary>What is kept of the messages about findings, the learning period included.</summary>
    public FindingExcerpts Excerpts => _excerpts;

    public int Notes { get; private set; }

    public int Hosts => _hosts.Count;

    public long Records { get; private set; }

    public long Launches { get; private set; }

    /// <summary>The numbers of each day, with those of the findings only where they are alerts.</summary>
    public SortedDictionary<DateOnly, Day> Days =>
        new(_days.ToDictionary(d => d.Key, d => alerts.MarkFindings() ? d.Value.Copy() : d.Value.WithoutFindings()));

    /// <summary>Everything that was collected.</summary>
    public FindingsState State => new(
        [.. _days.Select(d => new DayState(d.Key, d.Value.Launches, d.Value.NewLineages, d.Value.Alerts, d.Value.Notes, d.Value.FalseAlerts,
            d.Value.Rules))],
        [.. _hosts],
        [.. _uids],
        [.. _alerts.Select(a => new AlertState(a.Report, a.Truth?.Identity, a.Launch, a.Clock))],
        [.. _candidates.Select(c => new CandidateState(c.ModelThreshold, c.RarityThreshold, c.Truth?.Identity, c.Clock))],
        [.. _summed.State],
        [.. _pairs.Select(p => new PairState(p.Key.Parent, p.Key.Child, p.Value))],
        _excerpts.State,
        Notes,
        Records,
        Launches);

    /// <summary>Restores what an earlier run collected with the same ground truth.</summary>
    public void TakeOver(FindingsState state)
    {
        foreach (var day in state.Days) _days[day.Date] = new Day(day);
        _hosts.UnionWith(state.Hosts);
        _uids.UnionWith(state.Uids);
        _alerts.AddRange(state.Alerts.Select(a => new Alert(a.Report, truth?.Find(a.Step), a.Launch, a.Clock)));
        _candidates.AddRange(
            state.Candidates.Select(c => new Candidate(c.ModelThreshold, c.RarityThreshold, truth?.Find(c.Step), c.Clock)));
        foreach (var sum in state.Summed)
        {
            foreach (var step in sum.Steps) _summed.Add(truth!.Find(step)!, [sum.Sum]);
        }

        _excerpts.TakeOver(state.Excerpts);
        foreach (var pair in state.Pairs) _pairs[new Lineage(pair.Parent, pair.Child)] = pair.Launches;
        (Notes, Records, Launches) = (state.Notes, state.Records, state.Launches);
    }

    public void Add(BatchOutcome outcome)
    {
        Records += outcome.Records;
        Launches += outcome.Scored;
        foreach (var decided in outcome.Decided) Add(decided);
        foreach (var message in outcome.Detections) _excerpts.Add(message);
    }

    /// <summary>Adds the detections of the cluster rules, window after window.</summary>
    /// <param name="clusters">The detections that are not suppressed.</param>
    /// <param name="evaluated">The last evaluated window, if any.</param>
    public void Add(IEnumerable<FoundCluster> clusters, ClockWindow? evaluated)
    {
        if (alerts.MarkFindings())
        {
            foreach (var cluster in clusters) AddCluster(cluster);
        }

        if (evaluated is { } last) _summed.Forget(last);
    }

    private void Add(DecidedEvent decided)
    {
        var (e, rarity) = (decided.Evidence.Event, decided.Evidence.Rarity);
        _hosts.Add(e.Host.Name);
        var step = truth?.Find(e.SourceIdentity);
        if (step?.Chain is not null) _summed.Add(step, decided.Summed);
        if (decided.Detection is { IsSuppressed: false } detection) AddDetection(detection, step, decided.Clock);
        if (!decided.IsLearning && alerts.MarkFindings()) AddCandidate(decided, step);
        if (rarity is null) return;

        _pairs[rarity.Lineage] = _pairs.GetValueOrDefault(rarity.Lineage) + 1;
        var day = DayOf(decided.Clock);
        day.Launches++;
        if (rarity.ChildCount == 0) day.NewLineages++;
    }

    /// <summary>Adds what is a finding at some thresholds: at all, if another rule reports it.</summary>
    private void AddCandidate(DecidedEvent decided, TruthStep? step)
    {
        var (evidence, clock) = (decided.Evidence, decided.Clock);
        if (decided.Detection?.Rules.Any(r => r.SuppressedBy is null && r.Rule.Id != rule.Id) == true)
            _candidates.Add(new(1, 100, step, clock));
        else if (rule.CandidateOf(evidence, step, clock) is { } candidate && !IsExcepted(evidence.Event, clock))
            _candidates.Add(candidate);
    }

    private bool IsExcepted(ProcessEvent e, DateTimeOffset clock) =>
        exceptions.Consult(e, clock, [rule.Id], isSummed: false).Suppressed.Count > 0;

    private void AddDetection(Detection detection, TruthStep? step, DateTimeOffset clock)
    {
        var report = DetectionReports.Of(detection, step, alerts.MarkFindings());
        if (Count(detection.Id, report.Rules, detection.EnqueuedTime, !detection.IsLearning) is not { } day) return;
        Add(day, new Alert(report, step, detection.Evidence.Event, clock));
    }

    private void AddCluster(FoundCluster found)
    {
        var (kind, entity, window) = (found.Evidence.Kind, found.Evidence.Entity, ClockWindow.At(found.Evidence.Start));
        if (Count(found.Id, [found.Rule.Id], window.End, found.IsAlert) is not { } day) return;
        var chains = truth is null ? null : _summed.ChainsOf(new SumKey(window, kind, entity));
        Add(day, new Alert(DetectionReports.Of(found, chains), null, null, window.End));
    }

    /// <summary>Counts a detection by day. If a source sends an event twice, its detection has the same id and is counted once.</summary>
    /// <returns>
    /// The numbers of the day that an alert is added to; <see langword="null"/> for a note, and for a detection that was counted before.
    /// </returns>
    private Day? Count(Guid id, IReadOnlyList<string> rules, DateTimeOffset time, bool isAlert)
    {
        if (!_uids.Add(id.ToString())) return null;

        var day = DayOf(time);
        day.Count(rules);
        if (isAlert) return day;
        day.Notes++;
        Notes++;
        return null;
    }

    private void Add(Day day, Alert alert)
    {
        day.Alerts++;
        if (!alert.IsTrue) day.FalseAlerts++;
        _alerts.Add(alert);
    }

    private Day DayOf(DateTimeOffset clock)
    {
        var date = DateOnly.FromDateTime(clock.UtcDateTime);
        return _days.TryGetValue(date, out var day) ? day : _days[date] = new Day();
    }
}
