using System.Text.Json;
using Changeling.Storing;

namespace Changeling.Incidents;

/// <summary>Incidents as their rows hold them.</summary>
internal static class IncidentRows
{
    /// <summary>The row of an incident.</summary>
    public static IncidentRow Of(Incident incident) => new(
        IncidentRowKind.Incident, NameOf(incident.Id), JsonSerializer.SerializeToUtf8Bytes(incident, SignalJsonContext.Plain.Incident));

    /// <summary>Deletes the row of an incident.</summary>
    public static IncidentRow Forgotten(Guid id) => new(IncidentRowKind.Incident, NameOf(id), default);

    /// <summary>The incident of a row; <see langword="null"/> when it is damaged, or a newer program wrote it.</summary>
    public static Incident? Read(IncidentRow row)
    {
        try
        {
            return JsonSerializer.Deserialize(row.Body.Span, SignalJsonContext.Plain.Incident) is { Members.Count: > 0 } incident
                ? incident with
                {
                    Members = [.. incident.Members.Select(m => m with { Signal = SignalJson.Whole(m.Signal) })],
                    Clusters = incident.Clusters ?? [],
                }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string NameOf(Guid id) => id.ToString();
}
