using Changeling.Backtest.Gathering;
using Changeling.Backtest.Recordings;
using Changeling.Backtest.Reports;
using Changeling.Backtest.Thresholds;
using Changeling.Backtest.Trials;
using Changeling.Features;

namespace Changeling.Backtest;

/// <summary>Makes the report from the collected findings.</summary>
/// <param name="findings">What the pipeline decided.</param>
/// <param name="truth">The ground truth, if it is known.</param>
/// <param name="model">The model.</param>
/// <param name="days">Days after the learning period.</param>
internal sealed class ReportBuilder(GatheredFindings findings, Truth? truth, ModelIdentity model, double days)
{
    private const int MaxInTops = 20;

    private readonly ThresholdTable _thresholds = new(findings.Candidates, findings.Rule.RarityThreshold, days, truth is not null);

    public BacktestReport Make(SourceReport sources, string prior, Budget? budget, HistoryReport history)
    {
        var alerts = findings.Alerts.OrderBy(a => a.Report.Time).ThenBy(a => a.Report.Uid, StringComparer.Ordinal).ToList();
        var report = new BacktestReport
        {
            Model = new ModelReport(model.Version, model.Sha256, model.Threshold, findings.Rule.RarityThreshold, prior),
            History = history,
            Alerts = alerts.Count,
            Notes = findings.Notes,
            DetectionsPerDay = days > 0 ? Math.Round(alerts.Count / days, 3) : null,
            Rules = new SortedDictionary<string, int>(
                alerts.SelectMany(a => a.Report.Rules).CountBy(rule => rule).ToDictionary(), StringComparer.Ordinal),
            ByRule =
            [
                .. alerts.SelectMany(a => a.Report.Rules, (alert, rule) => (alert, rule))
                .GroupBy(a => a.rule, a => a.alert, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => RuleOf(g.Key, [.. g])),
            ],
            Days = findings.Days,
            TopLineages = Tops(alerts.Where(a => a.Launch is not null).Select(a => (a.Report.Lineage, (string?)a.Report.Host))),
            TopHosts =
                Tops(alerts.Where(a => a.Report.Host.Length > 0).Select(a => (a.Report.Host, a.Launch is null ? null : a.Report.Lineage))),
            Thresholds = days > 0 ? _thresholds.Grid(model.Threshold) : [],
            Sources = sources,
            Budget = budget is null || days <= 0 ? null : Within(budget, history),
            SuggestedExceptions = Suggestions.Of([.. alerts.Where(a => a.Launch is not null)], truth is not null),
            Detections = [.. alerts.Select(a => a.Report)],
        };
        return truth is null ? report : new TruthReporting(truth, alerts).AddTo(report);
    }

    private RuleReport RuleOf(string rule, IReadOnlyList<Alert> alerts) => truth is null
        ? new RuleReport(rule, alerts.Count, null, null, null)
        : new RuleReport(
            rule, alerts.Count, alerts.Count(a => a.IsTrue), alerts.Count(a => !a.IsTrue),
            alerts.SelectMany(a => a.Chains).Distinct(StringComparer.Ordinal).Count());

    private static IReadOnlyList<TopReport> Tops(IEnumerable<(string Name, string? Other)> alerts) =>
    [
        .. alerts.GroupBy(a => a.Name, a => a.Other, StringComparer.Ordinal)
            .Select(g => new TopReport(g.Key, g.Count(), g.OfType<string>().Distinct(StringComparer.Ordinal).Count()))
            .OrderByDescending(t => t.Alerts).ThenBy(t => t.Name, StringComparer.Ordinal).Take(MaxInTops),
    ];

    private BudgetReport Within(Budget budget, HistoryReport history)
    {
        var most = budget.AlertsPerDay(history.Hosts);
        var check = new BudgetCheck(
            findings.Candidates, findings.Rule.RarityThreshold, history.LearningUntil!.Value, days, truth is not null);
        var (choice, byTruth) = check.Choose(budget, most, model);
        var chosen = choice is null ? null : _thresholds.At(choice.ModelThreshold, choice.RarityThreshold);
        var present = _thresholds.At(model.Threshold, findings.Rule.RarityThreshold);
        var presentChains = _thresholds.Chains(model.Threshold, findings.Rule.RarityThreshold);
        var chosenChains = chosen is null ? new HashSet<string>() : _thresholds.Chains(chosen.ModelThreshold, chosen.RarityThreshold);
        return new BudgetReport(
            budget.ToString(),
            most,
            byTruth ? "truth" : "steadiness",
            chosen,
            _thresholds.GivenUp(present, chosen),
            truth is null ? null : [.. presentChains.Except(chosenChains).Order(StringComparer.Ordinal)],
            truth is null ? null : [.. chosenChains.Except(presentChains).Order(StringComparer.Ordinal)])
        {
            Realised = chosen is null || budget.ChosenOnDays is null ? null : check.Realised(budget, most, chosen),
        };
    }
}
