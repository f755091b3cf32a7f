using System.Globalization;
using Changeling.Backtest.Reports;
using Changeling.Backtest.Trials;
using Changeling.Cli.Backtest;
using Spectre.Console;

namespace Changeling.Cli.Exceptions;

/// <summary>What an exception would have hidden, for people: true detections first.</summary>
internal static class DryRunText
{
    private const int MaxRows = 10;

    public static void Show(IAnsiConsole console, string id, ExceptionDryRun run)
    {
        foreach (var alert in run.True)
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"[red]hides a true detection[/]: {Printable.Of(alert.Report.Chain!)}, {Printable.Of(What(alert.Report))}, {Rules(alert.Report)}");
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture, $"[bold]{id} would have hidden {run.Hidden.Count:N0} of {run.All:N0} alerts, {run.Share:P1}[/]");
        Show(console, "rule", run.Hidden.SelectMany(a => a.Report.Rules).CountBy(rule => rule));
        Show(console, "lineage or cluster", run.Hidden.CountBy(a => a.Report.Cluster is null ? a.Report.Lineage : What(a.Report)));
    }

    private static string Rules(DetectionReport report) => string.Join(", ", report.Rules);

    private static string What(DetectionReport report) =>
        report.Cluster is { } cluster ? $"cluster of {cluster.By} {cluster.Entity}" : $"{report.Lineage} on {report.Host}";

    private static void Show(IAnsiConsole console, string name, IEnumerable<KeyValuePair<string, int>> counts)
    {
        var all = counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).ToList();
        if (all.Count == 0) return;
        var table = new Table().Border(TableBorder.Rounded).AddColumns(name, "hidden");
        foreach (var (key, count) in all.Take(MaxRows))
            table.AddRow(ReportText.Safe(key), new Text(count.ToString("N0", CultureInfo.InvariantCulture)));
        if (all.Count > MaxRows) table.AddRow($"… and {all.Count - MaxRows} more", "");
        console.Write(table);
    }
}
