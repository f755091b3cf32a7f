using System.Globalization;
using Changeling.Backtest.Reports;
using Spectre.Console;

namespace Changeling.Cli.Backtest;

/// <summary>The alerts themselves, one in a row.</summary>
internal static class AlertText
{
    private const int MaxRows = 20;
    private const int MaxNames = 3;
    private const int MaxTitles = 2;

    /// <summary>What is counted, in the plural.</summary>
    public static string Many(BacktestReport report) => report.AlertKind == "both" ? "alerts" : report.AlertKind;

    /// <summary>A number of what is counted, in the singular or plural.</summary>
    public static string Count(BacktestReport report, double count) => Count(Many(report), count);

    /// <summary>A number of something that is named in the plural.</summary>
    public static string Count(string many, double count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:#,0.##} {(count.Equals(1.0) ? many[..^1] : many)}");

    /// <summary>Shows the worst alerts.</summary>
    public static void ShowWorst(IAnsiConsole console, BacktestReport report)
    {
        if (report.Detections.Count == 0) return;
        var knowsTruth = report.FalseAlerts is not null;
        var worst = report.WorstFirst.Take(MaxRows);
        var table = new Table().Border(TableBorder.Rounded).AddColumns([.. Columns(report.AlertKind, knowsTruth)]);
        table.Columns[0].NoWrap();
        foreach (var alert in worst) table.AddRow(Cells(report, alert, knowsTruth));
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]The worst {Many(report)}[/]");
        console.Write(table);
        if (report.Detections.Count > MaxRows)
            console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"… and {report.Detections.Count - MaxRows:N0} more in the report (--report, --csv or --json)"));
    }

    /// <summary>The columns of a table of alerts.</summary>
    public static IEnumerable<string> Columns(string kind, bool knowsTruth)
    {
        string[] numbers = kind switch { "incidents" => ["score"], "findings" => ["risk"], _ => ["risk", "score"] };
        return ["time (UTC)", "severity", "hosts", "steps", "rules", .. numbers, .. knowsTruth ? ["attack"] : Array.Empty<string>()];
    }

    /// <summary>One alert in these columns.</summary>
    public static IReadOnlyList<Text> Cells(BacktestReport report, DetectionReport alert, bool knowsTruth)
    {
        var score = alert.Incident is { } incident ? incident.Score.ToString("0.00", CultureInfo.InvariantCulture) : "";
        var risk = $"{alert.Risk}";
        string[] numbers = report.AlertKind switch { "incidents" => [score], "findings" => [risk], _ => [risk, score] };
        return
        [
            new Text(alert.Time.ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
            ReportText.Safe(alert.Severity.ToLowerInvariant()),
            ReportText.Safe(Names(alert.Incident?.Hosts ?? (alert.Host.Length > 0 ? [alert.Host] : []), MaxNames)),
            new Text($"{Steps(alert):N0}"),
            ReportText.Safe(Titles(report, alert)),
            .. numbers.Select(number => new Text(number)),
            .. knowsTruth ? [ReportText.Safe(Attacks(alert))] : Array.Empty<Text>(),
        ];
    }

    private static int Steps(DetectionReport alert) =>
        alert.Incident is { } incident ? incident.Steps.Count + incident.LeftOut : alert.Cluster?.Launches ?? 1;

    private static string Titles(BacktestReport report, DetectionReport alert) => alert.Rules.Count == 0
        ? "launches that no rule reports"
        : Names([.. alert.Rules.Select(report.TitleOf)], MaxTitles);

    private static string Attacks(DetectionReport alert) =>
        Names([.. alert.Incident?.Chains?.Select(c => c.Chain) ?? (alert.Chain is { } chain ? [chain] : [])], MaxNames);

    private static string Names(IReadOnlyList<string> names, int most) => names.Count <= most
        ? string.Join(", ", names)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(most))} and {names.Count - most:N0} more");
}
