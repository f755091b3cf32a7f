using System.CommandLine;
using System.Globalization;
using Changeling.Backtest.Reports;
using Spectre.Console;

namespace Changeling.Cli.Backtest;

/// <summary><c>changeling backtest compare A B</c>: what a new model, prior or rule changes on the same history.</summary>
internal static class CompareCommand
{
    private const int MaxShown = 20;

    public static Command Create(CliConsole console)
    {
        var before = new Argument<string>("BEFORE") { Description = "A report that 'backtest --json' wrote." }.AsPath(console);
        var after = new Argument<string>("AFTER") { Description = "Another report, of the same history." }.AsPath(console);
        var command = new Command(
            "compare", "Show what changed between two reports: detections and attacks gained and lost.") { before, after };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, async () =>
        {
            var (a, b) = (
                await ReportFiles.ReadAsync(parsed.GetRequiredValue(before), console, cancellation),
                await ReportFiles.ReadAsync(parsed.GetRequiredValue(after), console, cancellation));
            if (a.History.Launches != b.History.Launches || a.History.From != b.History.From)
                throw new CliException(
                    $"the reports are of different histories, {a.History.Launches:N0} and {b.History.Launches:N0} process starts; run both on the same files.");
            if (a.AlertKind != b.AlertKind)
                throw new CliException(
                    $"the reports count different alerts, {a.AlertKind} and {b.AlertKind}; run both with the same --alerts.");
            Show(console.Out, Comparison.Of(a, b), a, b);
            return Verb.Success;
        }));
        return command;
    }

    private static void Show(IAnsiConsole console, Comparison comparison, BacktestReport a, BacktestReport b)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("", "before", "after");
        table.AddRow("model", $"{a.Model.Version} at {Number(a.Model.Threshold)}", $"{b.Model.Version} at {Number(b.Model.Threshold)}");
        var unit = AlertText.Many(a);
        if (a.IncidentThreshold is not null) table.AddRow("incident threshold", Number(a.IncidentThreshold), Number(b.IncidentThreshold));
        table.AddRow(unit, $"{a.Alerts:N0}", $"{b.Alerts:N0}");
        table.AddRow($"{unit} a day", Number(a.DetectionsPerDay), Number(b.DetectionsPerDay));
        table.AddRow(
            $"{unit} for 1,000 hosts and day",
            Number(a.Workload?.AlertsPer1000HostsAndDay),
            Number(b.Workload?.AlertsPer1000HostsAndDay));
        if (a.Attacks is not null && b.Attacks is not null)
        {
            table.AddRow("attacks found", $"{a.AttacksFound:N0} of {a.Attacks:N0}", $"{b.AttacksFound:N0} of {b.Attacks:N0}");
            table.AddRow("steps found", $"{a.StepsFound:N0}", $"{b.StepsFound:N0}");
            table.AddRow($"false {unit}", $"{a.FalseAlerts:N0}", $"{b.FalseAlerts:N0}");
        }

        console.Write(table);
        console.MarkupLineInterpolated(
            $"[bold]{comparison.Gained.Count:N0} {unit} gained, {comparison.Lost.Count:N0} lost[/]; {comparison.AttacksGained.Count:N0} attacks gained, {comparison.AttacksLost.Count:N0} lost");
        ShowDetections(console, ("gained", b, comparison.Gained), ("lost", a, comparison.Lost));
        ShowAttacks(console, ("gained", comparison.AttacksGained), ("lost", comparison.AttacksLost));
    }

    private static void ShowDetections(
        IAnsiConsole console, params (string Change, BacktestReport Report, IReadOnlyList<DetectionReport> Detections)[] changes)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns(
            ["", .. AlertText.Columns(changes[0].Report.AlertKind, knowsTruth: true), "lineage"]);
        foreach (var (change, report, detections) in changes)
        {
            foreach (var d in detections.Take(MaxShown))
                table.AddRow([new Text(change), .. AlertText.Cells(report, d, knowsTruth: true), ReportText.Safe(d.Lineage)]);
        }

        if (table.Rows.Count > 0) console.Write(table);
    }

    private static void ShowAttacks(IAnsiConsole console, params (string Change, IReadOnlyList<string> Chains)[] changes)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("", "attack");
        foreach (var (change, chains) in changes)
        {
            foreach (var chain in chains.Take(MaxShown)) table.AddRow(new Text(change), ReportText.Safe(chain));
        }

        if (table.Rows.Count > 0) console.Write(table);
    }

    private static string Number(double? value) => value is { } number ? number.ToString("0.###", CultureInfo.InvariantCulture) : "–";
}
