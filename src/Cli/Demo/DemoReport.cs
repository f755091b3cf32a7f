using System.Text;
using Spectre.Console;

namespace Changeling.Cli.Demo;

/// <summary>The results of a demo: the detections as JSON, and a list of them for people.</summary>
internal sealed class DemoReport(IAnsiConsole console, DemoTelemetry telemetry, string output, IEnumerable<byte[]> detections)
{
    /// <summary>Maximum number of detections in the list; the file has all.</summary>
    private const int MaxShown = 25;

    public async Task<int> ShowAsync(CountCheck? counts, CancellationToken cancellationToken)
    {
        var findings = detections.Select(d => DemoFinding.Read(Encoding.UTF8.GetString(d)))
            .OrderBy(f => f.Time)
            .ToList();
        var path = Path.Combine(output, "detections.jsonl");
        await OutputFiles.WriteLinesAsync(path, findings.Select(f => f.Json), cancellationToken);
        if (telemetry.Truth.Count > 0)
            await OutputFiles.WriteLinesAsync(Path.Combine(output, "truth.jsonl"), telemetry.Truth.Select(t => t.Line), cancellationToken);

        ShowFindings(findings);
        ShowTruth(findings);
        foreach (
            var (rule, count) in findings.Where(f => f.IsAlert)
                .SelectMany(f => f.Rules.Select(r => r.Id))
                .CountBy(rule => rule)
                .OrderBy(rule => rule.Key, StringComparer.Ordinal))
            console.MarkupLineInterpolated($"rule {rule}: on {Number(count, "alert")}");
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

    /// <summary>Shows the alerts first if there are too many findings.</summary>
    private void ShowFindings(List<DemoFinding> findings)
    {
        new FindingList(console).Show([.. findings.OrderByDescending(f => f.IsAlert).Take(MaxShown).OrderBy(f => f.Time)]);
        if (findings.Count > MaxShown) console.MarkupLineInterpolated($"[grey]… and {findings.Count - MaxShown} more in the file[/]");
    }

    private void ShowTruth(List<DemoFinding> findings)
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
}
