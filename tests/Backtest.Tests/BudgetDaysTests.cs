using System.Text;
using Changeling.Backtest.Reports;
using Changeling.Backtest.Thresholds;
using Changeling.Findings;
using Changeling.Rules;
using Changeling.Simulation;

namespace Changeling.Backtest.Tests;

/// <summary>A budget chosen on some days and held against the others.</summary>
public sealed class BudgetDaysTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_chosen_thresholds_give_is_what_the_pipeline_alerts_on_with_them_in_the_rule()
    {
        using var history = new SimulatedHistory(new SimulationOptions { Hosts = 8, Hours = 60, Attacks = 24 });
        var options = history.Options(learningHours: 12, new Budget(25, IsPerHost: false) { ChosenOnDays = 1 }, AlertKind.Findings);

        var report = await new BacktestRun(options, SimulatedHistory.Snapshot()).RunAsync(new HeardProgress(), Token);
        var budget = report.Budget!;
        var (chosen, realised) = (budget.Chosen!, budget.Realised!);
        var recount = new BacktestRun(options, SimulatedHistory.Snapshot(Applied(budget)));
        await recount.RunAsync(new HeardProgress(), Token);

        Assert.Equal("steadiness", budget.ChosenBy);
        Assert.InRange(chosen.ModelThreshold, report.Model.Threshold, 1); // below it, the model itself would have to be another
        var alerts = recount.Findings.Where(a => a.Launch is not null).ToList();
        var cut = report.History.LearningUntil!.Value.AddDays(1);
        var (before, after) = (alerts.Count(a => a.Clock < cut), alerts.Count(a => a.Clock >= cut));
        Assert.NotEqual(0, before);
        Assert.NotEqual(0, after);
        Assert.Equal((before, after, before + after), (realised.AlertsChosenOn, realised.Alerts, chosen.Alerts));
        AssertRatios(realised, before, after, budgetADay: 25, days: report.History.DaysAfterLearning - 1);
    }

    [Theory]
    [InlineData(AlertKind.Incidents)]
    [InlineData(AlertKind.Findings)]
    public async Task A_history_that_ends_within_those_days_has_nothing_to_hold_against_them(AlertKind alerts)
    {
        using var history = new SimulatedHistory(new SimulationOptions { Hosts = 3, Hours = 12 });
        var options = history.Options(learningHours: 6, new Budget(40, IsPerHost: false) { ChosenOnDays = 7 }, alerts);

        var realised = (await new BacktestRun(options, SimulatedHistory.Snapshot()).RunAsync(new HeardProgress(), Token)).Budget!.Realised!;

        Assert.Equal((0, null, null), (realised.Days, realised.Ratio, realised.AlertsPerDay));
    }

    [Fact]
    public async Task The_chosen_threshold_of_incidents_gives_what_a_run_with_it_sends()
    {
        using var history = new SimulatedHistory(new SimulationOptions { Hosts = 8, Hours = 60, Attacks = 24 });
        var options = history.Options(learningHours: 12, new Budget(3, IsPerHost: false) { ChosenOnDays = 1 });

        var usual = RuleSet.Shipped.With([new DecisionThresholds(Incident: 0.5)]);
        var report = await new BacktestRun(options, SimulatedHistory.Snapshot(usual)).RunAsync(new HeardProgress(), Token);
        var budget = report.Budget!;
        var (chosen, realised) = (budget.ChosenIncidents!, budget.Realised!);
        var changed = options with { Budget = null };
        var recount = await new BacktestRun(changed, SimulatedHistory.Snapshot(Applied(budget))).RunAsync(new HeardProgress(), Token);

        Assert.Equal("steadiness", budget.ChosenBy);
        Assert.NotEqual(report.IncidentThreshold, chosen.Threshold);
        var cut = report.History.LearningUntil!.Value.AddDays(1);
        var (before, after) = (recount.Detections.Count(d => d.Time < cut), recount.Detections.Count(d => d.Time >= cut));
        Assert.InRange(before, 1, 3);
        Assert.NotEqual(0, after);
        Assert.Equal((before, after, before + after), (realised.AlertsChosenOn, realised.Alerts, chosen.Alerts));
        AssertRatios(realised, before, after, budgetADay: 3, days: report.History.DaysAfterLearning - 1);
    }

    private static void AssertRatios(RealisedReport realised, int before, int after, double budgetADay, double days)
    {
        Assert.Equal(1, realised.DaysChosenOn);
        Assert.Equal(days, realised.Days, 0.001);
        Assert.Equal(after / days, realised.AlertsPerDay!.Value, 0.001);
        Assert.Equal(after / days / before, realised.Ratio!.Value, 0.001);
        Assert.Equal(after / days / budgetADay, realised.OfBudget!.Value, 0.001);
    }

    private static RuleSet Applied(BudgetReport budget) => RuleSet.Shipped.With(
        [RuleFile.Read("written.json", Encoding.UTF8.GetBytes(budget.RuleFile!.ToJsonString()), RuleSet.Shipped)]);
}
