using Changeling.Backtest.Gathering;
using Changeling.Backtest.Recordings;
using Changeling.Backtest.Reports;
using Changeling.Backtest.Thresholds;
using Changeling.Backtest.Trials;
using Changeling.Features;
using Changeling.Findings;

namespace Changeling.Backtest;

/// <summary>Makes the report from what was collected.</summary>
/// <param name="findings">What the pipeline decided.</param>
/// <param name="incidents">The incidents; <see langword="null"/> where they are no alerts.</param>
/// <param name="truth">The ground truth, if it is known.</param>
/// <param name="model">The model.</param>
/// <param name="options">The options of the run.</param>
/// <param name="days">Days after the learning period.</param>
internal sealed class ReportBuilder(
    GatheredFindings findings, GatheredIncidents? incidents, Truth? truth, ModelIdentity model, BacktestOptions options, double days)
{
    private const int MaxInTops = 20;

    private readonly bool _countsFindings = options.Alerts.MarkFindings();
    private readonly FindingThresholds _thresholds = new(findings, model, days, truth is not null);

    public BacktestReport Make(SourceReport sources, string prior, HistoryReport history)
    {
        var launched = findings.Launched.ToList();
        var alerted = incidents?.Alerts(Alertable(launched)) ?? [];
        var alerts = (_countsFindings ? findings.Alerts.Concat(alerted) : alerted)
            .OrderBy(a => a.Report.Time).ThenBy(a => a.Report.Uid, StringComparer.Ordinal).ToList();
        var notes = incidents?.Notes ?? [];
        var candidates = incidents?.Candidates ?? [];
        var report = new BacktestReport
        {
            AlertKind = options.Alerts.ToString().ToLowerInvariant(),
            IncidentThreshold = incidents is null ? null : options.IncidentThreshold,
            Model = new ModelReport(model.Version, model.Sha256, model.Threshold, findings.Rule.RarityThreshold, prior),
            History = history,
            Alerts = alerts.Count,
            Notes = (_countsFindings ? findings.Notes : 0) + notes.Count,
            Findings = launched.Count,
            DetectionsPerDay = days > 0 ? Math.Round(alerts.Count / days, 3) : null,
            Workload = WorkloadReport.Of(alerts.Count, days, history.Hosts),
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
            TopLineages = Tops(alerts, place => (place.Lineage, place.Host)),
            TopHosts = Tops(alerts, place => (place.Host is "" ? null : place.Host, place.Lineage)),
            Thresholds = _countsFindings && days > 0 ? _thresholds.Grid() : [],
            IncidentThresholds = incidents is not null && days > 0
                ? new IncidentTable(candidates, days, history.Hosts, truth is not null).Grid(options.IncidentThreshold)
                : [],
            Sources = sources,
            Budget = options.Budget is not { } budget || days <= 0 ? null : Within(budget, candidates, history),
            LookFirst = LookFirst.Of(Judged(launched), launched, findings.Pairs, truth is not null),
            Detections = [.. alerts.Select(a => a.Report)],
        };
        return truth is null ? report : new TruthReporting(truth, alerts, launched, incidents is not null).AddTo(report);
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

    private BudgetReport Within(Budget budget, IReadOnlyList<IncidentCandidate> candidates, HistoryReport history) => incidents is null
        ? _thresholds.Within(budget, history)
        : new IncidentBudget(candidates, history, truth is not null).Choose(budget, options.IncidentThreshold);

    /// <summary>What most alerts are about: an alert counts once for each name.</summary>
    private static IReadOnlyList<TopReport> Tops(
        IEnumerable<Alert> alerts, Func<(string? Lineage, string? Host), (string? Name, string? Other)> part) =>
    [
        .. alerts.SelectMany(a => Places(a).Select(part), (alert, p) => (alert.Report.Uid, p.Name, p.Other))
            .Where(a => a.Name is not null)
            .GroupBy(a => a.Name!, StringComparer.Ordinal)
            .Select(g => new TopReport(
                g.Key,
                g.Select(a => a.Uid).Distinct(StringComparer.Ordinal).Count(),
                g.Select(a => a.Other).OfType<string>().Distinct(StringComparer.Ordinal).Count()))
            .OrderByDescending(t => t.Alerts).ThenBy(t => t.Name, StringComparer.Ordinal).Take(MaxInTops),
    ];

    /// <summary>The lineages and hosts of an alert. A cluster has no lineage, and a host only if it is about one.</summary>
    private static IEnumerable<(string? Lineage, string? Host)> Places(Alert alert) => alert.Report switch
    {
        { Incident: { } incident } => incident.Steps.Select(s => (s.Lineage.Length > 0 ? s.Lineage : null, (string?)s.Host)),
        { Cluster: not null, Host: "" } => [],
        { Cluster: not null } report => [(null, report.Host)],
        var report => [(report.Lineage, report.Host)],
    };
}
