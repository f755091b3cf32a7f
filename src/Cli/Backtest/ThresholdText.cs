using System.Globalization;
using Changeling.Backtest.Reports;
using Spectre.Console;

namespace Changeling.Cli.Backtest;

/// <summary>What other thresholds would have given, in tables.</summary>
internal static class ThresholdText
{
    public static void Show(IAnsiConsole console, BacktestReport report)
    {
        if (report.IncidentThresholds.Count > 0) ShowIncidents(console, report);
        if (report.Thresholds.Count > 0) ShowFindings(console, report);
    }

    private static void ShowIncidents(IAnsiConsole console, BacktestReport report)
    {
        var knowsTruth = report.FalseAlerts is not null;
        var table = new Table().Border(TableBorder.Rounded).AddColumns(
            [
                "incident threshold", "incidents", "a day", "for 1,000 hosts and day", "hours a day", "expected a day",
                .. knowsTruth ? ["false", "attacks found"] : Array.Empty<string>(),
            ]);
        foreach (var cell in report.IncidentThresholds)
        {
            string[] known = knowsTruth ? [$"{cell.FalseAlerts:N0}", $"{cell.AttacksFound:N0}"] : [];
            var isPresent = cell.Threshold.Equals(report.IncidentThreshold);
            table.AddRow(
                [
                    string.Create(CultureInfo.InvariantCulture, $"{cell.Threshold:0.00##}{(isPresent ? " (present)" : "")}"),
                    $"{cell.Alerts:N0}",
                    Number(cell.Workload?.AlertsPerDay),
                    Number(cell.Workload?.AlertsPer1000HostsAndDay),
                    Number(cell.Workload?.HoursPerDay),
                    Number(cell.Expected?.AlertsPerDay),
                    .. known,
                ]);
        }

        console.Write(table);
        console.WriteLine(
            $"An incident counts where its score reached the threshold. Hours are at {WorkloadReport.MinutesPerAlert} minutes an incident. Expected after the history{(knowsTruth ? ", false ones only" : "")}: as in its newest days.");
    }

    private static void ShowFindings(IAnsiConsole console, BacktestReport report)
    {
        var rarities = report.Thresholds.Select(c => c.RarityThreshold).Distinct().ToList();
        var table = new Table().Border(TableBorder.Rounded).AddColumns(
            [
                "findings a day (attacks found) at model threshold \\ rarity",
                .. rarities.Select(r => r.ToString("0", CultureInfo.InvariantCulture)),
            ]);
        foreach (var row in report.Thresholds.GroupBy(c => c.ModelThreshold))
        {
            table.AddRow([row.Key.ToString("0.000", CultureInfo.InvariantCulture), .. row.Select(Cell)]);
        }

        console.Write(table);
        console.WriteLine("The table counts the findings about launches, of all rules; the thresholds are those of rule 1.");
    }

    private static string Cell(GridCell cell) =>
        string.Create(CultureInfo.InvariantCulture, $"{cell.AlertsPerDay:0.#}{(cell.AttacksFound is { } found ? $" ({found})" : "")}");

    private static string Number(double? value) => value is { } number ? number.ToString("0.##", CultureInfo.InvariantCulture) : "–";
}
