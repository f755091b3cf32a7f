using System.Text.Json;
using Changeling.HubStandIn;

namespace Changeling.Functions.Tests.App;

/// <summary>The messages about incidents that arrived on the detections hub, repeats included.</summary>
internal static class IncidentMessages
{
    private const int IncidentFinding = 2005;

    public static IReadOnlyList<IncidentArrived> Of(AppRun run) =>
        [.. run.Detections.Select(Read).OfType<IncidentArrived>()];

    /// <summary>Whether the first arrivals of each incident follow one another from its creation on, without a gap.</summary>
    public static bool AreWhole(IEnumerable<IncidentArrived> messages) => messages.GroupBy(m => m.Incident).All(
        of => of.DistinctBy(m => m.Revision)
            .Select((m, i) => m.Revision == i + 1 && (m.Activity == "Create") == (i == 0)).All(fits => fits));

    private static IncidentArrived? Read(HubMessage message)
    {
        using var json = JsonDocument.Parse(message.Body);
        var root = json.RootElement;
        if (root.GetProperty("class_uid").GetInt32() != IncidentFinding) return null;
        var metadata = root.GetProperty("metadata");
        return new(
            metadata.GetProperty("correlation_uid").GetString()!,
            metadata.GetProperty("sequence").GetInt32(),
            root.GetProperty("activity_name").GetString()!,
            [.. root.GetProperty("finding_info_list").EnumerateArray().Select(f => f.GetProperty("uid").GetString()!)]);
    }
}

/// <summary>A message about an incident.</summary>
/// <param name="Incident">The incident's id.</param>
/// <param name="Revision">Its number among the messages about this incident.</param>
/// <param name="Activity">What it says.</param>
/// <param name="Findings">Ids of the findings that are its steps.</param>
internal sealed record IncidentArrived(string Incident, int Revision, string Activity, IReadOnlyList<string> Findings);
