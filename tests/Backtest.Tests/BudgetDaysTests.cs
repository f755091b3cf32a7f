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
        var options = history.Options(learningHours: 12, new Budget(60, IsPerHost: false) { ChosenOnDays = 1 }, AlertKind.Findings);

        var report = await new BacktestRun(options, SimulatedHistory.Snapshot()).RunAsync(new HeardProgress(), Token);
        var budget = report.Budget!;
        var (chosen, realised) = (budget.Chosen!, budget.Realised!);
        var recount = new BacktestRun(options, SimulatedHistory.Snapshot(Applied(budget)));
        await recount.RunAsync(new HeardProgress(), Token);

        Assert.Equal("forecast", budget.ChosenBy);
        Assert.InRange(chosen.ModelThreshold, report.Model.Threshold, 1); // below it, the model itself would have to be another
        var alerts = recount.Findings.Where(a => a.Launch is not null).ToList();
        var cut = report.History.LearningUntil!.Value.AddDays(1);
        var (before, after) = (alerts.Count(a => a.Clock < cut), alerts.Count(a => a.Clock >= cut));
        Assert.NotEqual(0, before);
        Assert.NotEqual(0, after);
        Assert.Equal((before, after, before + after), (realised.AlertsChosenOn, realised.Alerts, chosen.Alerts));
        AssertRatios(realised, before, after, budgetADay: 60, days: report.History.DaysAfterLearning - 1);
        var expected = 2.0 * alerts.Count(a => a.Clock >= cut.AddHours(-12) && a.Clock < cut);
        Assert.InRange(expected, 1, 60);
        Assert.Equal((expected, after / realised.Days / expected), (realised.ExpectedPerDay!.Value, realised.OfExpected!.Value), Close);
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
        var options = history.Options(learningHours: 12, new Budget(7, IsPerHost: false) { ChosenOnDays = 1 });

        var usual = RuleSet.Shipped.With([new DecisionThresholds(Incident: 0.5)]);
        var report = await new BacktestRun(options, SimulatedHistory.Snapshot(usual)).RunAsync(new HeardProgress(), Token);
        var budget = report.Budget!;
        var (chosen, realised) = (budget.ChosenIncidents!, budget.Realised!);
        var changed = options with { Budget = null };
        var recount = await new BacktestRun(changed, SimulatedHistory.Snapshot(Applied(budget))).RunAsync(new HeardProgress(), Token);

        Assert.Equal("forecast", budget.ChosenBy);
        Assert.NotEqual(report.IncidentThreshold, chosen.Threshold);
        var cut = report.History.LearningUntil!.Value.AddDays(1);
        var (before, after) = (recount.Detections.Count(d => d.Time < cut), recount.Detections.Count(d => d.Time >= cut));
        Assert.NotEqual(0, before);
        Assert.NotEqual(0, after);
        Assert.Equal((before, after, before + after), (realised.AlertsChosenOn, realised.Alerts, chosen.Alerts));
        AssertRatios(realised, before, after, budgetADay: 7, days: report.History.DaysAfterLearning - 1);
        var expected = 2.0 * recount.Detections.Count(d => d.Time >= cut.AddHours(-12) && d.Time < cut);
        Assert.InRange(expected, 1, 7);
        Assert.Equal(expected, realised.ExpectedPerDay);
    }

    [Theory]
    [InlineData(AlertKind.Incidents)]
    [InlineData(AlertKind.Findings)]
    public async Task A_report_expects_after_the_history_what_its_newest_half_had(AlertKind alerts)
    {
        using var history = new SimulatedHistory(new SimulationOptions { Hosts = 8, Hours = 60, Attacks = 24 });
        var report = await new BacktestRun(history.Options(learningHours: 12, null, alerts), SimulatedHistory.Snapshot())
            .RunAsync(new HeardProgress(), Token);

        var (forecast, days) = (report.Forecast!, report.History.DaysAfterLearning);
        var half = report.History.LearningUntil!.Value.AddDays(days / 2);
        Assert.Equal(days / 2, forecast.Days, 0.001);
        Assert.InRange(forecast.Alerts, 1, report.Alerts - 1);
        Assert.Equal(report.Detections.Count(d => d.Time >= half), forecast.Alerts, 2.0); // a finding has the endpoint's time
        Assert.Equal(forecast.Alerts / forecast.Days, forecast.Workload.AlertsPerDay, 0.01);
        if (alerts == AlertKind.Findings) return;
        var present = report.IncidentThresholds.Single(c => c.Threshold == report.IncidentThreshold);
        Assert.Equal(forecast.Workload.AlertsPerDay, present.Expected!.AlertsPerDay, 0.001);
    }

    private static bool Close((double, double) a, (double, double) b) =>
        Math.Abs(a.Item1 - b.Item1) < 0.01 && Math.Abs(a.Item2 - b.Item2) < 0.001;

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
