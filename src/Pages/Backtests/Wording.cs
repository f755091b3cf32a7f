using Changeling.Backtest.Reports;
using Changeling.Pages.Shell;

namespace Changeling.Pages.Backtests;

/// <summary>The sentences of a backtest's page.</summary>
internal static class Wording
{
    /// <summary>What is counted, in the plural.</summary>
    public static string Many(BacktestReport report) => report.AlertKind == "both" ? "alerts" : report.AlertKind;

    /// <summary>A number of what is counted.</summary>
    public static string Count(BacktestReport report, double count) => Figures.Count(Many(report), count);

    /// <summary>The first letter as a capital.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>The answer in one line: how many alerts.</summary>
    public static string Number(BacktestReport report) => report.Workload is null
        ? $"The history ends within the learning period of {Figures.Number(report.History.EmitAfterHours)} hours"
        : $"{(report.Alerts == 0 ? $"No {Many(report)}" : Count(report, report.Alerts))} in {Days(report)}";

    /// <summary>What that means for people; <see langword="null"/> without alerts.</summary>
    public static string? Rate(BacktestReport report) => report is { Workload: { } work, Alerts: > 0 }
        ? $"{Figures.Number(work.AlertsPerDay)} a day, {Work(work.HoursPerDay)} of work a day"
        : null;

    /// <summary>Whether the budget is kept, and with which threshold it would be; <see langword="null"/> without a budget.</summary>
    public static string? OnBudget(BacktestReport report)
    {
        if (report is not { Budget: { } budget, DetectionsPerDay: { } perDay }) return null;
        if (report.Forecast is { } forecast)
        {
            var isExpected = forecast.Workload.AlertsPerDay <= budget.AlertsPerDay;
            return $"The budget of {budget.Budget} will be {(isExpected ? "kept" : "exceeded")}, by the forecast: {Figures.Number(forecast.Workload.AlertsPerDay)} of {Figures.Number(budget.AlertsPerDay)} {Many(report)} a day. {Chosen(report, budget)}";
        }

        var isKept = perDay <= budget.AlertsPerDay;
        return $"The budget of {budget.Budget} is {(isKept ? "kept" : "exceeded")}: {Figures.Number(perDay)} of {Figures.Number(budget.AlertsPerDay)} {Many(report)} a day. {Chosen(report, budget)}";
    }

    /// <summary>What is expected after the history; <see langword="null"/> if it is not known.</summary>
    public static string? Expected(BacktestReport report) => report.Forecast is { } forecast
        ? $"After the history, {Count(report, forecast.Workload.AlertsPerDay)} a day {(forecast.Workload.AlertsPerDay == 1 ? "is" : "are")} expected{(report.FalseAlerts is null ? "" : ", attacks aside")}, with {Work(forecast.Workload.HoursPerDay)} of work: as in its newest {Figures.Fixed(forecast.Days, 1)} days, which had {Figures.Number(forecast.Alerts)}. The first days of a history have more, because counts are young."
        : null;

    /// <summary>
    /// How the budget was kept on days on which the threshold was not chosen; <see langword="null"/> if that was not asked.
    /// </summary>
    public static string? Realised(BacktestReport report) => report.Budget?.Realised switch
    {
        null => null,
        { AlertsPerDay: { } perDay } realised =>
            $"The threshold was chosen on the first {Figures.Number(realised.DaysChosenOn)} days. On the {Figures.Number(realised.Days)} days after them it gives {Count(report, perDay)} a day, {Figures.Percent(realised.OfBudget)} of the budget{(realised.OfExpected is { } share ? $" and {Figures.Percent(share)} of what was expected" : "")}.",
        var realised =>
            $"The history ends within the {Figures.Number(realised.DaysChosenOn)} days on which the threshold was chosen, so no day is left to check the budget on.",
    };

    /// <summary>Hours of work in words.</summary>
    public static string Work(double hours) => hours < 1
        ? Figures.Count("minutes", Math.Round(hours * 60))
        : Figures.Count("hours", Math.Round(hours, 1));

    private static string Chosen(BacktestReport report, BudgetReport budget) => (budget.ChosenIncidents, budget.Chosen) switch
    {
        ({ } cell, _) when cell.Threshold.Equals(report.IncidentThreshold) => "The present threshold is the best choice for that budget.",
        ({ } cell, _) =>
            $"The best choice for that budget is threshold {Figures.Number(cell.Threshold)}, with {Figures.Count("incidents", cell.Workload?.AlertsPerDay ?? 0)} a day in the history{After(cell.Expected?.AlertsPerDay)}. --write-rules writes the file that applies it.",
        (_, { } cell) =>
            $"The best choice for that budget is model threshold {Figures.Fixed(cell.ModelThreshold, 3)} with rarity threshold {Figures.Number(cell.RarityThreshold)} of rule {budget.RuleFile?["id"]}: {Figures.Count("findings", cell.AlertsPerDay ?? 0)} a day in the history{After(cell.ExpectedPerDay)}.",
        _ => "Even the highest thresholds give more.",
    };

    private static string After(double? expected) => expected is { } perDay ? $" and {Figures.Number(perDay)} a day expected after it" : "";

    private static string Days(BacktestReport report) =>
        $"{Figures.Fixed(report.History.DaysAfterLearning, 1)} days";
}
