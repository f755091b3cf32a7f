using System.Text.Json;
using Changeling.Cli.Backtest.Checkpoints;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Pipeline;
using Changeling.Storing;

namespace Changeling.Cli.Backtest;

/// <summary>Gathers what the pipeline decided: by day, the alerts, and whatever lower thresholds would have made one.</summary>
internal sealed class Findings(Truth? truth)
{
    private readonly SortedDictionary<DateOnly, Day> _days = [];
    private readonly HashSet<string> _hosts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _uids = new(StringComparer.Ordinal);
    private readonly List<Alert> _alerts = [];
    private readonly Dictionary<string, (ProcessEvent Launch, DateTimeOffset Clock)> _launches = new(StringComparer.Ordinal);
    private readonly List<Candidate> _candidates = [];
    private readonly SummedSteps _summed = new();

    public IReadOnlyList<Alert> Alerts => _alerts;

    public IReadOnlyList<Candidate> Candidates => _candidates;

    public int Notes { get; private set; }

    public int Hosts => _hosts.Count;

    public long Records { get; private set; }

    public long Launches { get; private set; }

    public IReadOnlyList<DayReport> Days => [.. _days.Select(d => d.Value.Report(d.Key, truth is not null))];

    /// <summary>All that was gathered.</summary>
    public FindingsState State => new(
        [.. _days.Select(d => new DayState(d.Key, d.Value.Launches, d.Value.NewLineages, d.Value.Alerts, d.Value.Notes, d.Value.FalseAlerts, d.Value.Rules))],
        [.. _hosts],
        [.. _uids],
        [.. _alerts.Select(a => new AlertState(a.Report, a.Truth?.Identity, a.Launch, a.Clock))],
        [.. _candidates.Select(c => new CandidateState(c.ModelThreshold, c.RarityThreshold, c.Truth?.Identity, c.Clock))],
        [.. _summed.State],
        Notes,
        Records,
        Launches);

    /// <summary>Takes over what another run gathered with the same truth.</summary>
    public void TakeOver(FindingsState state)
    {
        foreach (var day in state.Days) _days[day.Date] = new Day(day);
        _hosts.UnionWith(state.Hosts);
        _uids.UnionWith(state.Uids);
        _alerts.AddRange(state.Alerts.Select(a => new Alert(a.Report, truth?.Find(a.Step), a.Launch, a.Clock)));
        _candidates.AddRange(state.Candidates.Select(c => new Candidate(c.ModelThreshold, c.RarityThreshold, truth?.Find(c.Step), c.Clock)));
        foreach (var sum in state.Summed)
        {
            foreach (var step in sum.Steps) _summed.Add(truth!.Find(step)!, [sum.Sum]);
        }

        (Notes, Records, Launches) = (state.Notes, state.Records, state.Launches);
    }

    public void Add(BatchOutcome outcome)
    {
        Records += outcome.Records;
        Launches += outcome.Scored;
        foreach (var decided in outcome.Decided) Add(decided);
        foreach (var detection in outcome.Detections) AddDetection(detection);
        _launches.Clear();
    }

    /// <summary>Takes what the rules on clusters found, window after window.</summary>
    /// <param name="detections">Their detections.</param>
    /// <param name="kindOf">What a rule sums by.</param>
    /// <param name="judged">The last window that is evaluated, if any is.</param>
    public void Add(IReadOnlyList<ClusterDetection> detections, Func<string, ClusterKind> kindOf, ClockWindow? judged)
    {
        foreach (var detection in detections) AddCluster(detection, kindOf(detection.RuleId));
        if (judged is { } last) _summed.Forget(last);
    }

    private void Add(DecidedEvent judged)
    {
        var (e, rarity) = (judged.Evidence.Event, judged.Evidence.Rarity);
        _hosts.Add(e.Host.Name);
        foreach (var found in judged.Detections.Where(d => d.SuppressedBy is null)) _launches[found.Id.ToString()] = (e, judged.Clock);
        var step = truth?.Find(e.SourceIdentity);
        if (step?.Chain is not null) _summed.Add(step, judged.Summed);
        if (rarity is null) return;

        var day = DayOf(judged.Clock);
        day.Launches++;
        if (rarity.ChildCount == 0) day.NewLineages++;
        if (!judged.IsLearning && Candidate.Of(judged.Evidence, step, judged.Clock) is { } candidate) _candidates.Add(candidate);
    }

    private void AddDetection(ReadOnlyMemory<byte> finding)
    {
        using var document = JsonDocument.Parse(finding);
        if (Count(document.RootElement) is not ({ } uid, var rule, { } day)) return;
        var metadata = document.RootElement.GetProperty("metadata");
        var step = truth?.Find(metadata.TryGetProperty("original_event_uid", out var original) ? original.GetString() : null);
        var (launch, clock) = _launches[uid];
        Add(day, new Alert(FindingReading.OfLaunch(document.RootElement, uid, rule, step), step, launch, clock));
    }

    private void AddCluster(ClusterDetection detection, ClusterKind kind)
    {
        using var document = JsonDocument.Parse(detection.Body);
        if (Count(document.RootElement) is not ({ } uid, var rule, { } day)) return;
        var host = kind == ClusterKind.Host ? detection.Entity : "";
        var chains = truth is null ? null : _summed.ChainsOf(new SumKey(detection.Window, kind, detection.Entity));
        Add(day, new Alert(FindingReading.OfCluster(document.RootElement, uid, rule, host, chains), null, null, detection.Window.End));
    }

    /// <summary>Counts a finding by day. The same one comes twice where a source repeats itself; consumers see one id.</summary>
    /// <returns>What an alert is counted by; nothing for a note, and for what was counted before.</returns>
    private (string? Uid, string Rule, Day? Day) Count(JsonElement root)
    {
        var uid = root.GetProperty("metadata").GetProperty("uid").GetString()!;
        if (!_uids.Add(uid)) return default;

        var rule = root.GetProperty("finding_info").GetProperty("analytic").GetProperty("uid").GetString()!;
        var day = DayOf(DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("time").GetInt64()));
        day.Rules[rule] = day.Rules.GetValueOrDefault(rule) + 1;
        if (root.GetProperty("is_alert").GetBoolean()) return (uid, rule, day);
        day.Notes++;
        Notes++;
        return default;
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
