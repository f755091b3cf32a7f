using System.Globalization;
using System.Text.Json.Nodes;
using Changeling.Backtest.Reports;
using Spectre.Console;

namespace Changeling.Cli.Backtest;

/// <summary>Suggested exceptions as a table.</summary>
internal static class SuggestionText
{
    public static void Show(IAnsiConsole console, BacktestReport report)
    {
        var suggestions = report.SuggestedExceptions;
        if (suggestions.Count == 0) return;
        var table = new Table()
            .Border(TableBorder.Rounded)
            .AddColumns("exceptions that would hide most", Findings(report), "together", "true detections hidden");
        foreach (var s in suggestions)
        {
            table.AddRow(
                ReportText.Safe(Conditions(s.Item)),
                new Text(s.Alerts.ToString("N0", CultureInfo.InvariantCulture)),
                new Text(s.ShareTogether.ToString("P0", CultureInfo.InvariantCulture)),
                new Text(s.TrueDetections is { } known ? known.ToString("N0", CultureInfo.InvariantCulture) : "unknown: no ground truth"));
        }

        console.Write(table);
        var dangerous = suggestions.Count(s => s.TrueDetections > 0);
        if (dangerous > 0)
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture, $"[red]{dangerous:N0} of them would hide true detections: do not use these unchanged[/]");
        console.WriteLine(
            "the report (--json) contains the complete items; give one an owner and a reason, and test it with 'changeling exceptions test'");
    }

    /// <summary>What is hidden: an exception is for launches, whatever is an alert.</summary>
    private static string Findings(BacktestReport report) => report.AlertKind == "incidents" ? "findings of incidents" : "findings";

    private static string Conditions(JsonNode item) => string.Join(" and ", item["conditions"]!.AsArray().Select(c =>
        $"{(string)c!["field"]!} {Verb((string)c["type"]!)} {string.Join(" or ", c["values"]!.AsArray().Select(v => (string)v!))}"));

    private static string Verb(string type) => type switch { "exact" => "=", "prefix" => "begins with", _ => "like" };
}
