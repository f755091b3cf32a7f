using System.Globalization;
using Changeling.Backtest.Reports;
using Spectre.Console;

namespace Changeling.Cli.Backtest;

/// <summary>A report in tables, for people.</summary>
internal static class ReportText
{
    private const int MaxRows = 10;

    public static void Show(IAnsiConsole console, BacktestReport report)
    {
        ShowSummary(console, report);
        ShowDays(console, report);
        ShowRules(console, report);
        ShowTops(console, "lineages with most alerts", "hosts", report.TopLineages);
        ShowTops(console, "hosts with most alerts", "lineages", report.TopHosts);
        SuggestionText.Show(console, report.SuggestedExceptions);
        ShowThresholds(console, report);
        ShowSources(console, report);
        ShowTruth(console, report);
        ShowBudget(console, report);
    }

    /// <summary>Names come from telemetry, so control characters in them must not reach the terminal.</summary>
    public static Text Safe(string text) => new(string.Concat(text.Select(unit => char.IsControl(unit) ? '\uFFFD' : unit)));

    private static void ShowSummary(IAnsiConsole console, BacktestReport report)
    {
        var history = report.History;
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture,
            $"[bold]{history.Launches:N0} process starts[/] of {history.Hosts:N0} hosts, {history.From:yyyy-MM-dd HH:mm} to {history.To:yyyy-MM-dd HH:mm} UTC; model {report.Model.Version}, model threshold {report.Model.Threshold:0.000}, rarity threshold {report.Model.RarityThreshold:0}");
        if (report.DetectionsPerDay is { } perDay)
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"[bold]{report.Alerts:N0} alerts, {perDay:0.##} a day[/] in the {history.DaysAfterLearning:0.0} days after the learning period; {report.Notes:N0} notes in the learning period");
        else
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"The history ends within the learning period of {history.EmitAfterHours:0} hours: {report.Notes:N0} notes, no alerts. Pass a shorter --emit-after to see alerts.");
    }

    private static void ShowDays(IAnsiConsole console, BacktestReport report)
    {
        var knowsTruth = report.FalseAlerts is not null;
        var table = Table(["day (UTC)", "starts", "new lineages", "share", "alerts", .. Known(knowsTruth, "false"), "notes"]);
        foreach (var day in report.Days)
        {
            table.AddRow(
                [
                    day.Day, $"{day.Launches:N0}", $"{day.NewLineages:N0}", $"{day.NewLineageShare:P2}", $"{day.Alerts:N0}",
                    .. Known(knowsTruth, $"{day.FalseAlerts:N0}"), $"{day.Notes:N0}",
                ]);
        }

        console.Write(table);
    }

    private static void ShowRules(IAnsiConsole console, BacktestReport report)
    {
        if (report.ByRule.Count == 0) return;
        var knowsTruth = report.ByRule[0].TrueAlerts is not null;
        var table = Table(["rule", "alerts", .. Known(knowsTruth, "true", "false", "chains found")]);
        foreach (var rule in report.ByRule)
        {
            string[] cells =
            [
                $"{rule.Alerts:N0}", .. Known(knowsTruth, $"{rule.TrueAlerts:N0}", $"{rule.FalseAlerts:N0}", $"{rule.ChainsFound:N0}"),
            ];
            table.AddRow([Safe(rule.Rule), .. cells.Select(cell => new Text(cell))]);
        }

        console.Write(table);
        if (report.ByRule.Sum(rule => rule.Alerts) > report.Alerts)
            console.WriteLine("An alert counts for each of its rules, so this table adds up to more than the alerts.");
    }

    /// <summary>Columns that are shown only with a ground truth.</summary>
    private static string[] Known(bool knowsTruth, params string[] cells) => knowsTruth ? cells : [];

    private static void ShowTops(IAnsiConsole console, string name, string others, IReadOnlyList<TopReport> tops)
    {
        if (tops.Count == 0) return;
        var table = Table(name, "alerts", others);
        foreach (var top in tops.Take(MaxRows)) table.AddRow(Safe(top.Name), new Text($"{top.Alerts:N0}"), new Text($"{top.Others:N0}"));
        console.Write(table);
    }

    private static void ShowThresholds(IAnsiConsole console, BacktestReport report)
    {
        if (report.Thresholds.Count == 0) return;
        var rarities = report.Thresholds.Select(c => c.RarityThreshold).Distinct().ToList();
        var table = Table(
            [
                "alerts a day (attacks found) at model threshold \\ rarity",
                .. rarities.Select(r => r.ToString("0", CultureInfo.InvariantCulture)),
            ]);
        foreach (var row in report.Thresholds.GroupBy(c => c.ModelThreshold))
        {
            table.AddRow([row.Key.ToString("0.000", CultureInfo.InvariantCulture), .. row.Select(Cell)]);
        }

        console.Write(table);
    }

    private static string Cell(GridCell cell) =>
        string.Create(CultureInfo.InvariantCulture, $"{cell.AlertsPerDay:0.#}{(cell.AttacksFound is { } found ? $" ({found})" : "")}");

    private static void ShowSources(IAnsiConsole console, BacktestReport report)
    {
        var sources = report.Sources;
        var table = Table("sources", "records");
        foreach (var (format, count) in sources.Formats)
            table.AddRow(new Text($"process starts, {format}{Missing(sources, format)}"), new Text($"{count:N0}"));
        foreach (var (kind, count) in sources.Skipped) table.AddRow(Safe($"skipped, {kind}"), new Text($"{count:N0}"));
        foreach (var (reason, count) in sources.DeadLetters) table.AddRow(Safe($"dead letters, {reason}"), new Text($"{count:N0}"));
        if (sources.LateEvents > 0) table.AddRow("more than a day older than the newest record before them", $"{sources.LateEvents:N0}");
        console.Write(table);
    }

    private static string Missing(SourceReport sources, string format)
    {
        var fields = sources.Missing[format]
            .Where(f => f.Value >= 0.005)
            .OrderByDescending(f => f.Value)
            .Select(f => $"{f.Key} {f.Value:P0}")
            .ToList();
        return fields.Count == 0 ? "" : $"; without {string.Join(", ", fields)}";
    }

    private static void ShowTruth(IAnsiConsole console, BacktestReport report)
    {
        if (report.Attacks is not { } attacks) return;
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture,
            $"[bold]{report.AttacksFound:N0} of {attacks:N0} attacks found[/]; {report.StepsFound:N0} of {report.Steps:N0} steps alerted; median time to detect {report.MedianSecondsToDetect ?? 0:N0} s; {report.FalseAlerts:N0} false alerts, {report.LookAlikesAlerted:N0} of them on the {report.LookAlikes:N0} look-alikes");
        var missed = report.Chains!.Where(c => !c.IsFound).ToList();
        if (missed.Count == 0) return;
        var table = Table("attacks not found", "steps");
        foreach (var chain in missed.Take(MaxRows)) table.AddRow(Safe(chain.Chain), new Text($"{chain.Steps}"));
        if (missed.Count > MaxRows) table.AddRow($"… and {missed.Count - MaxRows} more in the report", "");
        console.Write(table);
    }

    private static void ShowBudget(IAnsiConsole console, BacktestReport report)
    {
        if (report.Budget is not { } budget) return;
        if (budget.Chosen is not { } chosen)
        {
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"[bold]Budget {budget.Budget}[/]: even the highest thresholds give more than {budget.AlertsPerDay:0.##} alerts a day: rule 1 reports pairs that are new to the fleet at every threshold.");
            return;
        }

        console.MarkupLineInterpolated(CultureInfo.InvariantCulture,
            $"[bold]Budget {budget.Budget}[/]: model threshold {chosen.ModelThreshold:0.000} and rarity threshold {chosen.RarityThreshold:0} give {chosen.AlertsPerDay:0.##} alerts a day{(chosen.FalseAlerts is { } wrong ? $", {wrong / report.History.DaysAfterLearning:0.##} of them false" : "")}; {budget.AlertsGivenUp:N0} alerts of the present thresholds are lost");
        ShowRealised(console, budget);
        if (chosen.AttacksFound is { } found && report.Attacks > 0)
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture,
                $"  {found:N0} of {report.Attacks:N0} attacks found: {budget.AttacksLost!.Count:N0} lost against the present thresholds, {budget.AttacksGained!.Count:N0} gained. The choice used these attacks: expect somewhat fewer to be found among others.");
        }
    }

    private static void ShowRealised(IAnsiConsole console, BudgetReport budget)
    {
        if (budget.Realised is not { } realised) return;
        if (realised.AlertsPerDay is { } perDay)
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture,
                $"  Chosen on the first {realised.DaysChosenOn:0.0} days: {realised.AlertsPerDayChosenOn:0.##} alerts a day there ({realised.AlertsChosenOn:N0}), [bold]{perDay:0.##} a day[/] on the {realised.Days:0.0} days after them ({realised.Alerts:N0}): {realised.OfBudget:P0} of the budget{(realised.Ratio is { } ratio ? $" and {ratio:P0} of the rate there" : "")}.");
        }
        else
        {
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"  The history ends within the {realised.DaysChosenOn:0.0} days that the thresholds were chosen on: no day is left to check the budget on. Pass fewer --budget-days.");
        }
    }

    private static Table Table(params string[] columns) => new Table().Border(TableBorder.Rounded).AddColumns(columns);
}
