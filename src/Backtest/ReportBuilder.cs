using Changeling.Backtest.Gathering;
using Changeling.Backtest.Recordings;
using Changeling.Backtest.Reports;
using Changeling.Backtest.Thresholds;
using Changeling.Backtest.Trials;
using Changeling.Deciding;
using Changeling.Findings;

namespace Changeling.Backtest;

/// <summary>Makes the report from what was collected.</summary>
/// <param name="findings">What the pipeline decided.</param>
/// <param name="incidents">The incidents; <see langword="null"/> where they are no alerts.</param>
/// <param name="truth">The ground truth, if it is known.</param>
/// <param name="snapshot">The model and the rules.</param>
/// <param name="options">The options of the run.</param>
/// <param name="days">Days after the learning period.</param>
internal sealed class ReportBuilder(
    GatheredFindings findings, GatheredIncidents? incidents, Truth? truth, PipelineSnapshot snapshot, BacktestOptions options, double days)
{
    private readonly bool _countsFindings = options.Alerts.MarkFindings();
    private readonly double _incidentThreshold = incidents?.Threshold ?? snapshot.Rules.Thresholds.IncidentIn(findings.Hosts);

    public BacktestReport Make(SourceReport sources, string prior, HistoryReport history)
    {
        var model = snapshot.Identity;
        var thresholds = days > 0 ? new FindingThresholds(findings, model, history.LearningUntil!.Value, days, truth is not null) : null;
        var launched = findings.Launched.ToList();
        var alerted = incidents?.Alerts(Alertable(launched)) ?? [];
        var alerts = (_countsFindings ? findings.Alerts.Concat(alerted) : alerted)
            .OrderBy(a => a.Report.Time).ThenBy(a => a.Report.Uid, StringComparer.Ordinal).ToList();
        var notes = incidents?.Notes ?? [];
        var candidates = incidents?.Candidates ?? [];
        var report = new BacktestReport
        {
            AlertKind = options.Alerts.ToString().ToLowerInvariant(),
            IncidentThreshold = incidents is null ? null : _incidentThreshold,
            Model = new ModelReport(model.Version, model.Sha256, model.Threshold, findings.Rule.RarityThreshold, prior),
            History = history,
            Alerts = alerts.Count,
            Notes = (_countsFindings ? findings.Notes : 0) + notes.Count,
            Findings = launched.Count,
            DetectionsPerDay = days > 0 ? Math.Round(alerts.Count / days, 3) : null,
            Workload = WorkloadReport.Of(alerts.Count, days, history.Hosts),
            Forecast = Forecast(alerts, history),
            Rules = new SortedDictionary<string, int>(
                alerts.SelectMany(a => a.Report.Rules).CountBy(rule => rule).ToDictionary(), StringComparer.Ordinal),
            ByRule =
            [
                .. alerts.SelectMany(a => a.Report.Rules, (alert, rule) => (alert, rule))
                .GroupBy(a => a.rule, a => a.alert, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => RuleOf(g.Key, [.. g])),
            ],
            Days = Days.Of(findings.Days, alerted, notes, truth is not null),
            TopLineages = Tops.Of(alerts, place => (place.Lineage, place.Host)),
            TopPrograms = Tops.Of(alerts, place => (place.Program, place.Host)),
            TopHosts = Tops.Of(alerts, place => (place.Host, place.Lineage)),
            TopUsers = Tops.Of(alerts, place => (place.User, place.Host)),
            Thresholds = _countsFindings ? thresholds?.Grid() ?? [] : [],
            IncidentThresholds = incidents is not null && days > 0
                ? new IncidentTable(candidates, history.LearningUntil!.Value, days, history.Hosts, truth is not null)
                    .Grid(_incidentThreshold)
                : [],
            Sources = sources,
            Budget = options.Budget is { } budget && thresholds is not null ? Within(budget, thresholds, candidates, history) : null,
            LookFirst = LookFirst.Of(Judged(launched), launched, findings.Pairs, truth is not null),
            Detections = [.. alerts.Select(a => a.Report)],
        };
        if (truth is not null) report = new TruthReporting(truth, alerts, launched, incidents is not null).AddTo(report);
        var named = new NamedInReport(report);
        return report with { RuleTitles = named.RuleTitles(snapshot.Rules), FindingMessages = findings.Excerpts.Of(named.Findings()) };
    }

    /// <summary>The steps of attacks that were reported as findings.</summary>
    private static HashSet<TruthStep> Alertable(IEnumerable<Alert> launched) =>
        [.. launched.Select(f => f.Truth).OfType<TruthStep>().Where(step => step.Chain is not null)];

    /// <summary>The findings that people look at: the alerts, or those of alerted incidents.</summary>
    private IReadOnlyList<Alert> Judged(IReadOnlyList<Alert> launched)
    {
        if (_countsFindings || incidents is null) return launched;
        var alerted = incidents.AlertedFindings;
        return [.. launched.Where(f => alerted.Contains(f.Report.Uid))];
    }

    private RuleReport RuleOf(string rule, IReadOnlyList<Alert> alerts) => truth is null
        ? new RuleReport(rule, alerts.Count, null, null, null)
        : new RuleReport(
            rule, alerts.Count, alerts.Count(a => a.IsTrue), alerts.Count(a => !a.IsTrue),
            alerts.SelectMany(a => a.Chains).Distinct(StringComparer.Ordinal).Count());

    private ForecastReport? Forecast(IReadOnlyList<Alert> alerts, HistoryReport history)
    {
        if (!NewestDays.CanTell(days)) return null;
        var newest = NewestDays.Of(history.LearningUntil!.Value, days);
        var expected = alerts.Count(a => newest.Contains(a.Clock) && (truth is null || !a.IsTrue));
        return new(Math.Round(newest.Days, 4), expected, WorkloadReport.Of(expected, newest.Days, history.Hosts)!);
    }

    private BudgetReport Within(
        Budget budget, FindingThresholds thresholds, IReadOnlyList<IncidentCandidate> candidates, HistoryReport history) =>
        incidents is null
            ? thresholds.Within(budget, history)
            : new IncidentBudget(candidates, history, truth is not null).Choose(budget, snapshot.Rules.Thresholds, _incidentThreshold);
}
