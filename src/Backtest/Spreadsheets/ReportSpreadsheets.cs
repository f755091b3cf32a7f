using System.Globalization;
using Changeling.Backtest.Reports;

namespace Changeling.Backtest.Spreadsheets;

/// <summary>
/// A report as two tables for spreadsheets, the worst alerts first. A list is one cell, its items separated by semicolons.
/// </summary>
public static class ReportSpreadsheets
{
    private static readonly CsvTable<DetectionReport> Incidents = new(
        ("incident", a => a.Uid),
        ("first_alert_utc", a => Time(a.Time)),
        ("closed_utc", a => a.Incident!.Closed is { } closed ? Time(closed) : ""),
        ("severity", a => a.Incident!.Severity),
        ("risk", a => Number(a.Incident!.Risk)),
        ("score", a => Number(a.Incident!.Score)),
        ("hosts", a => Cell.Of(a.Incident!.Hosts)),
        ("users", a => Cell.Of(a.Incident!.Users)),
        ("steps", a => Number(a.Incident!.Steps.Count + a.Incident.LeftOut)),
        ("rules", a => Cell.Of(a.Rules)),
        ("tactics", a => Cell.Of(a.Incident!.Tactics)),
        ("headline", a => a.Incident!.Headline),
        ("why", a => a.Incident!.Why),
        ("attacks", a => Cell.Of(a.Incident!.Chains?.Select(c => c.Chain) ?? [])));

    private static readonly CsvTable<FindingRow> Findings = new(
        ("finding", r => r.Step?.Uid ?? r.Alert.Uid),
        ("incident", r => r.Incident),
        ("kind", r => r.Kind),
        ("time_utc", r => Time(r.Step?.Time ?? r.Alert.Time)),
        ("severity", r => r.Step?.Severity ?? r.Alert.Severity),
        ("risk", r => r.Step is null ? Number(r.Alert.Risk) : ""),
        ("host", r => r.Step?.Host ?? r.Alert.Host),
        ("user", r => r.Step is { } step ? step.User : r.Alert.Launch?.User),
        ("about", r => r.Alert.Cluster is { } cluster ? $"{cluster.By} {cluster.Entity}" : ""),
        ("parent", r => r.Step is null ? r.Alert.Launch?.Parent : r.Parent?.Name),
        ("parent_command_line", r => r.Step is null ? r.Alert.Launch?.ParentCommandLine : r.Parent?.CommandLine),
        ("program", r => r.Step is null ? r.Alert.Launch?.Program : r.Process?.Name),
        ("command_line", r => r.Step is null ? r.Alert.Launch?.CommandLine : r.Process?.CommandLine),
        ("rules", r => Cell.Of(r.Step?.Rules ?? r.Alert.Rules)),
        ("techniques", r => Cell.Of(r.Step?.Techniques ?? r.Alert.Launch?.Techniques ?? [])),
        ("reasons", r => Cell.Of(r.Step?.Reasons ?? r.Alert.Launch?.Reasons ?? [])),
        ("probability", r => Number(r.Step?.Probability ?? r.Alert.Probability)),
        ("rarity", r => Number(r.Step is { } step ? step.Rarity : r.Alert.Rarity)),
        ("times", r => Number(r.Step?.Count ?? r.Alert.Cluster?.Launches ?? 1)),
        ("attacks", r => Cell.Of(r.Attacks)));

    /// <summary>Writes a row for each incident.</summary>
    public static void WriteIncidents(BacktestReport report, Stream file)
    {
        ArgumentNullException.ThrowIfNull(report);
        Incidents.Write(report.WorstFirst.Where(a => a.Incident is not null), file);
    }

    /// <summary>Writes a row for each finding that is an alert, and for each step of an incident that is one.</summary>
    public static void WriteFindings(BacktestReport report, Stream file)
    {
        ArgumentNullException.ThrowIfNull(report);
        Findings.Write(report.WorstFirst.SelectMany(FindingRow.Of), file);
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Number(double? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
