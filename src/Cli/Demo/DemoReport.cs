using System.Globalization;
using System.Text;
using System.Text.Json;
using Changeling.Cli.Detections;
using Changeling.Features;
using Spectre.Console;

namespace Changeling.Cli.Demo;

/// <summary>The results of a demo: the detections as JSON, and for people incidents, other findings and a summary.</summary>
internal sealed class DemoReport(
    IAnsiConsole console, Look look, DemoTelemetry telemetry, string output, IEnumerable<byte[]> detections, IModel model)
{
    /// <summary>Maximum number of incidents that are shown, and of findings; the file has all.</summary>
    private const int MaxShown = 10;

    /// <summary>Writes the files, and shows the results.</summary>
    /// <param name="counts">The comparison of counts; <see langword="null"/> where there is none.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <returns>The exit code: a failure when the counts differ.</returns>
    public async Task<int> ShowAsync(CountCheck? counts, CancellationToken cancellationToken)
    {
        var all = detections.Select(Detection.Read).OrderBy(d => d.Start).ToList();
        var path = Path.Combine(output, "detections.jsonl");
        await OutputFiles.WriteLinesAsync(path, all.Select(d => d.Json), cancellationToken);
        if (telemetry.Truth.Count > 0)
            await OutputFiles.WriteLinesAsync(Path.Combine(output, "truth.jsonl"), telemetry.Truth.Select(t => t.Line), cancellationToken);

        var findings = all.Select(d => d.Finding).OfType<FindingView>().ToList();
        var outcome = new DemoOutcome(all.Select(d => d.Incident).OfType<IncidentView>(), findings, telemetry.Truth);
        ShowIncidents(outcome.Incidents);
        ShowFindings(outcome.Elsewhere);
        new DemoSummary(console, look, model).Show(outcome);
        if (counts is not null)
        {
            console.MarkupLineInterpolated(
                $"Counts in the table: {counts.Launches:N0} launches in {counts.Lineages:N0} lineages; {(counts.Differences == 0 ? "equal to" : $"{counts.Differences} differ from")} a plain count of the input.");
        }

        console.MarkupLineInterpolated(
            $"{Number(outcome.Incidents.Count, "incident")}, {Number(findings.Count, "finding")} {look.Arrow} {path}");
        return counts is { Differences: > 0 } ? Verb.Failure : Verb.Success;
    }

    /// <summary>
    /// Shows the worst incidents as trees, in order of time. Those that are no alerts have one line each, unless there are no others.
    /// </summary>
    private void ShowIncidents(IReadOnlyList<IncidentView> incidents)
    {
        var tree = new IncidentTreeText(console, look);
        var hasAlerts = incidents.Any(i => i.IsAlert);
        foreach (
            var incident in incidents.OrderByDescending(i => i.IsAlert).ThenByDescending(i => i.Risk).Take(MaxShown).OrderBy(i => i.Start))
        {
            if (hasAlerts && !incident.IsAlert) tree.ShowLine(incident);
            else tree.Show(incident);
            console.WriteLine();
        }

        ShowRest(incidents.Count);
    }

    /// <summary>Shows findings that are in no incident, in order of time.</summary>
    private void ShowFindings(IReadOnlyList<FindingView> findings)
    {
        if (findings.Count == 0) return;
        console.WriteLine("findings in no incident:");
        new FindingList(console, look).Show(findings.OrderByDescending(f => f.IsAlert).Take(MaxShown).OrderBy(f => f.Time));
        ShowRest(findings.Count);
        console.WriteLine();
    }

    private void ShowRest(int count)
    {
        if (count > MaxShown) console.MarkupLineInterpolated($"[grey]{look.Cut} and {count - MaxShown} more in the file[/]");
    }

    private static string Number(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");

    /// <summary>A message of the detections hub, and what it is about.</summary>
    private sealed record Detection(string Json, DateTimeOffset Start, IncidentView? Incident, FindingView? Finding)
    {
        public static Detection Read(byte[] body)
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            var start = root.Time("start_time") ?? DateTimeOffset.UnixEpoch;
            return new Detection(Encoding.UTF8.GetString(body), start, IncidentView.TryRead(root), FindingView.TryRead(root));
        }
    }
}
