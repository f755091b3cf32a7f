using System.Globalization;
using Changeling.Backtest.Reports;
using Spectre.Console;

namespace Changeling.Cli.Backtest;

/// <summary>The thresholds that keep within a budget, in sentences.</summary>
internal static class BudgetText
{
    private const string Apply = "To apply it, write a file with --write-rules FILE and store it with 'changeling rules publish FILE'.";

    public static void Show(IAnsiConsole console, BacktestReport report)
    {
        if (report.Budget is not { } budget) return;
        if (budget.ChosenIncidents is { } threshold) ShowIncidents(console, report, budget, threshold);
        else if (budget.Chosen is { } cell) ShowFindings(console, report, budget, cell);
        else ShowNone(console, report, budget);
        if (budget.ChosenIncidents is null && budget.Chosen is null) return;
        ShowRealised(console, report, budget);
        if ((budget.ChosenIncidents?.AttacksFound ?? budget.Chosen?.AttacksFound) is { } found && report.Attacks > 0)
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture,
                $"  {found:N0} of {report.Attacks:N0} attacks found: {budget.AttacksLost!.Count:N0} lost against the present thresholds, {budget.AttacksGained!.Count:N0} gained. The choice used these attacks: expect somewhat fewer to be found among others.");
        }
    }

    private static void ShowIncidents(IAnsiConsole console, BacktestReport report, BudgetReport budget, IncidentCell chosen)
    {
        var (had, work) = (chosen.Workload!, chosen.Expected ?? chosen.Workload!);
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture,
            $"[bold]Budget {budget.Budget}[/]: incident threshold {chosen.Threshold:0.00##} gave {AlertText.Count("incidents", had.AlertsPerDay)} a day in the history{False(chosen.FalseAlerts, report)}{Expected(chosen.Expected?.AlertsPerDay, chosen.FalseAlerts)}: {work.AlertsPer1000HostsAndDay:0.##} for 1,000 hosts and day, {work.HoursPerDay:0.##} hours a day at {WorkloadReport.MinutesPerAlert} minutes each; {AlertText.Count("incidents", budget.AlertsGivenUp)} of the present threshold {report.IncidentThreshold:0.00##} would not be sent");
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture,
            $"  '--incident-threshold {chosen.Threshold:0.00##}' shows these incidents. {Apply}");
    }

    private static void ShowFindings(IAnsiConsole console, BacktestReport report, BudgetReport budget, GridCell chosen)
    {
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture,
            $"[bold]Budget {budget.Budget}[/]: model threshold {chosen.ModelThreshold:0.000} and rarity threshold {chosen.RarityThreshold:0} gave {chosen.AlertsPerDay:0.##} findings a day in the history{False(chosen.FalseAlerts, report)}{Expected(chosen.ExpectedPerDay, chosen.FalseAlerts)}; {AlertText.Count("findings", budget.AlertsGivenUp)} of the present thresholds would be lost");
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture,
            $"  The thresholds are those of rule {budget.RuleFile?["id"]}; the numbers are of all rules on launches. {Apply}");
    }

    private static void ShowNone(IAnsiConsole console, BacktestReport report, BudgetReport budget)
    {
        if (report.IncidentThresholds.Count > 0)
        {
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"[bold]Budget {budget.Budget}[/]: even with the highest threshold more than {budget.AlertsPerDay:0.##} incidents a day are expected.");
            return;
        }

        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"[bold]Budget {budget.Budget}[/]: even with the highest thresholds more than {budget.AlertsPerDay:0.##} findings a day are expected: other rules report them, and rule 1 reports pairs that are new to the fleet at every threshold.");
    }

    private static void ShowRealised(IAnsiConsole console, BacktestReport report, BudgetReport budget)
    {
        if (budget.Realised is not { } realised) return;
        var unit = AlertText.Many(report);
        if (realised.AlertsPerDay is { } perDay)
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture,
                $"  Chosen on the first {realised.DaysChosenOn:0.0} days: {AlertText.Count(unit, realised.AlertsPerDayChosenOn)} a day there ({realised.AlertsChosenOn:N0}), [bold]{perDay:0.##} a day[/] on the {realised.Days:0.0} days after them ({realised.Alerts:N0}): {realised.OfBudget:P0} of the budget{(realised.OfExpected is { } share ? $" and {share:P0} of the {realised.ExpectedPerDay:0.##} a day that were expected" : "")}.");
        }
        else
        {
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"  The history ends within the {realised.DaysChosenOn:0.0} days that the thresholds were chosen on: no day is left to check the budget on. Pass fewer --budget-days.");
        }
    }

    private static string Expected(double? perDay, int? wrong) => perDay is { } number
        ? string.Create(
            CultureInfo.InvariantCulture, $", and {number:0.##}{(wrong is null ? "" : " false ones")} a day are expected after it")
        : "";

    private static string False(int? wrong, BacktestReport report) => wrong is { } number
        ? string.Create(CultureInfo.InvariantCulture, $", {number / report.History.DaysAfterLearning:0.##} of them false")
        : "";
}
