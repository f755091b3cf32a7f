using System.Text.Json;
using Spectre.Console;

namespace Changeling.Cli.Detections;

/// <summary>
/// Messages of a detections hub as people read them: a finding on one line, an incident as a tree. An update with new steps shows the whole
/// tree again with these marked, because an update is judged by the whole, and the first message may be hours back. A message without a
/// new step is one line, and a repeated message is left out.
/// </summary>
/// <param name="console">The console.</param>
/// <param name="look">Width, signs and colours.</param>
internal sealed class DetectionText(IAnsiConsole console, Look look)
{
    private readonly IncidentNews _news = new();
    private readonly IncidentTreeText _tree = new(console, look);
    private readonly FindingList _findings = new(console, look);

    /// <summary>Shows a message.</summary>
    /// <param name="body">JSON in UTF-8, or anything else.</param>
    /// <returns>Whether it is a detection; anything else is not shown.</returns>
    public bool TryShow(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (IncidentView.TryRead(json.RootElement) is { } incident)
            {
                Show(incident);
                return true;
            }

            if (FindingView.TryRead(json.RootElement) is not { } finding) return false;
            _findings.Show(finding);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or a text in it that is not Unicode.
            return false;
        }
    }

    private void Show(IncidentView incident)
    {
        var before = _news.Take(incident);
        if (before is null) _tree.Show(incident);
        else if (before.Revision >= incident.Revision) return;
        else if (incident.Steps.All(s => s.Uid is null || before.Steps.Contains(s.Uid))) _tree.ShowNews(incident);
        else _tree.Show(incident, before.Steps);
    }
}
