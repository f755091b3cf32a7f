using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace Changeling.Cli.Demo;

/// <summary>The results of a demo: the detections as JSON, and a table of them in words.</summary>
internal sealed class DemoReport(IAnsiConsole console, DemoTelemetry telemetry, string output, IEnumerable<byte[]> detections)
{
    /// <summary>Maximum number of detections in the table; the file has all.</summary>
    private const int MaxShown = 25;

    public async Task<int> ShowAsync(CountCheck? counts, CancellationToken cancellationToken)
    {
        var findings = detections.Select(d => Finding.Read(Encoding.UTF8.GetString(d)))
            .OrderByDescending(f => f.IsAlert)
            .ThenBy(f => f.Time)
            .ToList();
        var path = Path.Combine(output, "detections.jsonl");
        await OutputFiles.WriteLinesAsync(path, findings.Select(f => f.Json), cancellationToken);
        if (telemetry.Truth.Count > 0)
            await OutputFiles.WriteLinesAsync(Path.Combine(output, "truth.jsonl"), telemetry.Truth.Select(t => t.Line), cancellationToken);

        ShowTable(findings);
        ShowTruth(findings);
        foreach (
            var rule in findings.Where(f => f.IsAlert)
                .GroupBy(f => f.Rule, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal))
            console.MarkupLineInterpolated($"rule {rule.Key}: {Number(rule.Count(), "alert")}");
        if (counts is not null)
        {
            console.MarkupLineInterpolated(
                $"Counts in the table: {counts.Launches:N0} launches in {counts.Lineages:N0} lineages; {(counts.Differences == 0 ? "equal to" : $"{counts.Differences} differ from")} a plain count of the input.");
        }

        console.MarkupLineInterpolated(
            $"{Number(findings.Count(f => f.IsAlert), "alert")}, {Number(findings.Count(f => !f.IsAlert), "note")} from the learning time → {path}");
        return counts is { Differences: > 0 } ? Verb.Failure : Verb.Success;
    }

    private static string Number(int count, string what) => $"{count:N0} {what}{(count == 1 ? "" : "s")}";

    private void ShowTable(List<Finding> findings)
    {
        if (findings.Count == 0) return;
        var table = new Table().Border(TableBorder.Rounded).AddColumns("time (UTC)", "what", "rule", "rarity", "evidence in words");
        foreach (var finding in findings.Take(MaxShown))
        {
            table.AddRow(
                new Text($"{finding.Time:MM-dd HH:mm:ss}"),
                new Markup(finding.IsAlert ? "[red]alert[/]" : "[grey]note[/]"),
                new Text(finding.Rule),
                new Text(finding.Rarity is { } rarity ? $"{rarity:0.0}" : "–"),
                new Text(Printable.Of(finding.Message)));
        }

        console.Write(table);
        if (findings.Count > MaxShown) console.MarkupLineInterpolated($"[grey]… and {findings.Count - MaxShown} more in the file[/]");
    }

    private void ShowTruth(List<Finding> findings)
    {
        var alerted = findings.Where(f => f.IsAlert).Select(f => f.Identity).ToHashSet(StringComparer.Ordinal);
        foreach (var chain in telemetry.Truth.GroupBy(t => t.Chain, StringComparer.Ordinal))
        {
            var seen = chain.Count(t => t.Identity is not null && alerted.Contains(t.Identity));
            console.MarkupLineInterpolated($"attack {chain.Key}: {seen} of {chain.Count()} process starts alerted");
        }

        if (telemetry.Truth.Count == 0) return;
        var attack = telemetry.Truth.Select(t => t.Identity).ToHashSet(StringComparer.Ordinal);
        console.MarkupLineInterpolated($"alerts on anything else: {findings.Count(f => f.IsAlert && !attack.Contains(f.Identity))}");
    }

    private sealed record Finding(
        string Json, DateTimeOffset Time, bool IsAlert, double? Rarity, string Rule, string Message, string? Identity)
    {
        public static Finding Read(string json)
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new Finding(
                json,
                DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("start_time").GetInt64()),
                root.GetProperty("is_alert").GetBoolean(),
                root.GetProperty("evidences")[0].GetProperty("data").TryGetProperty("rarity", out var rarity)
                    ? rarity.GetProperty("score").GetDouble()
                    : null,
                root.GetProperty("finding_info").GetProperty("analytic").GetProperty("uid").GetString()!,
                root.GetProperty("message").GetString()!,
                root.GetProperty("metadata").TryGetProperty("original_event_uid", out var uid) ? uid.GetString() : null);
        }
    }
}
