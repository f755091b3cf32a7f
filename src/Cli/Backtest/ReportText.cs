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
        AlertText.ShowWorst(console, report);
        ShowRules(console, report);
        ShowTops(console, "lineages", "hosts", report.TopLineages, report);
        ShowTops(console, "hosts", "lineages", report.TopHosts, report);
        LookFirstText.Show(console, report);
        ThresholdText.Show(console, report);
        ShowSources(console, report);
        ShowTruth(console, report);
        BudgetText.Show(console, report);
    }

    /// <summary>Names come from telemetry, so control characters in them must not reach the terminal.</summary>
    public static Text Safe(string text) => new(string.Concat(text.Select(unit => char.IsControl(unit) ? '\uFFFD' : unit)));

    private static void ShowSummary(IAnsiConsole console, BacktestReport report)
    {
        var history = report.History;
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture,
            $"[bold]{history.Launches:N0} process starts[/] of {history.Hosts:N0} hosts, {history.From:yyyy-MM-dd HH:mm} to {history.To:yyyy-MM-dd HH:mm} UTC; model {report.Model.Version}, model threshold {report.Model.Threshold:0.000}, rarity threshold {report.Model.RarityThreshold:0}{Threshold(report)}");
        if (report is { DetectionsPerDay: { } perDay, Workload: { } work })
        {
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"[bold]{AlertText.Count(report, report.Alerts)}{(report.AlertKind == "both" ? " (incidents and findings)" : "")}, {perDay:0.##} a day[/] in the {history.DaysAfterLearning:0.0} days after the learning period: {work.AlertsPer1000HostsAndDay:0.##} for 1,000 hosts and day, {work.HoursPerDay:0.##} hours a day at {WorkloadReport.MinutesPerAlert} minutes each; {report.Notes:N0} notes in the learning period");
            if (report.Forecast is { } forecast)
                console.MarkupLineInterpolated(
                    CultureInfo.InvariantCulture,
                    $"[bold]{AlertText.Count(report, forecast.Workload.AlertsPerDay)} a day {(forecast.Workload.AlertsPerDay == 1 ? "is" : "are")} expected after the history{(report.FalseAlerts is null ? "" : ", attacks aside")}[/], as in its newest {forecast.Days:0.0} days ({forecast.Alerts:N0}): {forecast.Workload.AlertsPer1000HostsAndDay:0.##} for 1,000 hosts and day, {forecast.Workload.HoursPerDay:0.##} hours a day");
            if (report.AlertKind == "incidents")
                console.MarkupLineInterpolated(
                    CultureInfo.InvariantCulture,
                    $"Rules reported {AlertText.Count("findings", report.Findings)}, the evidence of incidents. Pass --alerts findings to count these.");
        }
        else
        {
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"The history ends within the learning period of {history.EmitAfterHours:0} hours: {report.Notes:N0} notes, no alerts. Pass a shorter --emit-after to see alerts.");
        }
    }

    private static string Threshold(BacktestReport report) => report.IncidentThreshold is { } threshold
        ? string.Create(CultureInfo.InvariantCulture, $", incident threshold {threshold:0.00##}")
        : "";

    private static void ShowDays(IAnsiConsole console, BacktestReport report)
    {
        var knowsTruth = report.FalseAlerts is not null;
        var table = Table(["day (UTC)", "starts", "new lineages", "share", AlertText.Many(report), .. Known(knowsTruth, "false"), "notes"]);
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
        var table = Table(["rule", AlertText.Many(report), .. Known(knowsTruth, "true", "false", "chains found")]);
        foreach (var rule in report.ByRule)
        {
            string[] cells =
            [
                $"{rule.Alerts:N0}", .. Known(knowsTruth, $"{rule.TrueAlerts:N0}", $"{rule.FalseAlerts:N0}", $"{rule.ChainsFound:N0}"),
            ];
            table.AddRow([Safe(Name(report, rule.Rule)), .. cells.Select(cell => new Text(cell))]);
        }

        console.Write(table);
        if (report.ByRule.Sum(rule => rule.Alerts) > report.Alerts)
            console.WriteLine($"Each counts for all of its rules, so this table adds up to more than the {AlertText.Many(report)}.");
    }

    /// <summary>The title of a rule, with the id by which commands name it.</summary>
    private static string Name(BacktestReport report, string rule) =>
        report.TitleOf(rule) is var title && title != rule ? $"{title} ({rule})" : rule;

    /// <summary>Columns that are shown only with a ground truth.</summary>
    private static string[] Known(bool knowsTruth, params string[] cells) => knowsTruth ? cells : [];

    private static void ShowTops(
        IAnsiConsole console, string names, string others, IReadOnlyList<TopReport> tops, BacktestReport report)
    {
        if (tops.Count == 0) return;
        var unit = AlertText.Many(report);
        var table = Table($"{names} with most {unit}", unit, others);
        foreach (var top in tops.Take(MaxRows)) table.AddRow(Safe(top.Name), new Text($"{top.Alerts:N0}"), new Text($"{top.Others:N0}"));
        console.Write(table);
    }

    private static void ShowSources(IAnsiConsole console, BacktestReport report)
    {
        var sources = report.Sources;
        var table = Table("sources", "records");
        foreach (var (format, count) in sources.Formats)
            table.AddRow(new Text($"process starts, {format}{Missing(sources, format)}"), new Text($"{count:N0}"));
        foreach (var (kind, count) in sources.Skipped) table.AddRow(Safe($"skipped, {kind}"), new Text($"{count:N0}"));
        foreach (var (reason, count) in sources.DeadLetters) table.AddRow(Safe($"dead letters, {reason}"), new Text($"{count:N0}"));
        if (sources.LateEvents > 0)
            table.AddRow("process starts from a wrong clock (more than a day from their place in the history)", $"{sources.LateEvents:N0}");
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
            $"[bold]{report.AttacksFound:N0} of {attacks:N0} attacks found[/]; {report.StepsFound:N0} of {report.Steps:N0} steps in {AlertText.Many(report)}; median time to detect {report.MedianSecondsToDetect ?? 0:N0} s; {AlertText.Count($"false {AlertText.Many(report)}", report.FalseAlerts ?? 0)}; {report.LookAlikesAlerted:N0} of the {report.LookAlikes:N0} look-alikes are in {AlertText.Many(report)}");
        if (report.MedianShareOfSteps is { } share)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture,
                $"Of a found attack one incident holds {share:P0} of the steps that rules reported (median), and comes {report.MedianSecondsFromFirstFinding ?? 0:N0} s after the first of them (median); {report.FalseAlertsPer1000HostsAndDay ?? 0:0.##} false incidents for 1,000 hosts and day");
        var missed = report.Chains!.Where(c => !c.IsFound).ToList();
        if (missed.Count == 0) return;
        var table = Table("attacks not found", "steps");
        foreach (var chain in missed.Take(MaxRows)) table.AddRow(Safe(chain.Chain), new Text($"{chain.Steps}"));
        if (missed.Count > MaxRows) table.AddRow($"… and {missed.Count - MaxRows} more in the report", "");
        console.Write(table);
    }

    private static Table Table(params string[] columns) => new Table().Border(TableBorder.Rounded).AddColumns(columns);
}
