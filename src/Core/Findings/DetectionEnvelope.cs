using System.Text.Json;

namespace Changeling.Findings;

/// <summary>
/// The properties of a message on the detections hub, by which consumers can route and filter without parsing the body. They are read from
/// the committed bytes alone, so that a repeat has the same properties, whichever version of the app sends it.
/// </summary>
/// <param name="ClassUid">OCSF's number of the class: <see cref="FindingClassUid"/> or <see cref="IncidentClassUid"/>.</param>
/// <param name="Id">The message id. Repeats carry the same; of a finding it is the finding's id.</param>
/// <param name="Host">The host that it is about, of an incident the first; <see langword="null"/> where it is about no host.</param>
/// <param name="Severity">OCSF's word, for example <c>Low</c>.</param>
/// <param name="IsAlert">Whether people should look at it.</param>
public sealed record DetectionEnvelope(int ClassUid, string Id, string? Host, string Severity, bool IsAlert)
{
    /// <summary>OCSF's number of the class Detection Finding.</summary>
    public const int FindingClassUid = 2004;

    /// <summary>OCSF's number of the class Incident Finding.</summary>
    public const int IncidentClassUid = 2005;

    /// <summary>The content type of every detection.</summary>
    public const string ContentType = "application/json";

    /// <summary>The rule that leads, for example <c>unusual-process-by-parent</c>; <see langword="null"/> for an incident.</summary>
    public string? RuleId { get; private init; }

    /// <summary>The id of the incident; <see langword="null"/> for a finding.</summary>
    public string? IncidentId { get; private init; }

    /// <summary>What the message says about the incident: <c>create</c>, <c>update</c> or <c>close</c>.</summary>
    public string? Activity { get; private init; }

    /// <summary>
    /// What stays in order: the messages about one incident, or the findings about one host. A finding about no host stands alone.
    /// </summary>
    public string Key => IncidentId ?? Host ?? Id;

    /// <summary>The application properties of the message: <see cref="int"/>, <see cref="string"/> and <see cref="bool"/>.</summary>
    public IEnumerable<KeyValuePair<string, object>> Properties
    {
        get
        {
            yield return new("class_uid", ClassUid);
            if (RuleId is { } rule) yield return new("rule", rule);
            if (IncidentId is { } incident) yield return new("incident", incident);
            if (Activity is { } activity) yield return new("activity", activity);
            yield return new("severity", Severity);
            yield return new("is_alert", IsAlert);
        }
    }

    /// <summary>Reads a committed detection, a finding or an incident, in either format.</summary>
    /// <param name="detection">One UTF-8 JSON object.</param>
    /// <exception cref="InvalidDataException">It is not a detection of Changeling.</exception>
    public static DetectionEnvelope Read(ReadOnlyMemory<byte> detection)
    {
        try
        {
            using var json = JsonDocument.Parse(detection);
            var root = json.RootElement;
            return root.TryGetProperty("class_uid", out var classUid) ? OfOcsf(root, classUid.GetInt32()) : OfEcs(root);
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // The parser's message may quote the event, so it is not passed on.
            throw new InvalidDataException("A stored detection is neither an OCSF nor an ECS document of Changeling.");
        }
    }

    private static DetectionEnvelope OfOcsf(JsonElement root, int classUid)
    {
        var envelope = new DetectionEnvelope(
            classUid,
            Text(root.GetProperty("metadata").GetProperty("uid")),
            root.TryGetProperty("device", out var device) ? Optional(device, "hostname") : null,
            Text(root.GetProperty("severity")),
            root.GetProperty("is_alert").GetBoolean());
        return classUid switch
        {
            FindingClassUid => envelope with { RuleId = Text(root.GetProperty("finding_info").GetProperty("analytic").GetProperty("uid")) },
            IncidentClassUid => envelope.With(root.GetProperty("unmapped").GetProperty("changeling")),
            _ => throw new InvalidOperationException(),
        };
    }

    private static DetectionEnvelope OfEcs(JsonElement root)
    {
        var own = root.GetProperty("changeling");
        var isIncident = own.TryGetProperty("incident", out var incident);
        var envelope = new DetectionEnvelope(
            isIncident ? IncidentClassUid : FindingClassUid,
            Text(root.GetProperty("event").GetProperty("id")),
            root.TryGetProperty("host", out var host) ? Optional(host, "name") : null,
            Capital(Text(root.GetProperty("kibana").GetProperty("alert").GetProperty("severity"))),
            own.GetProperty("is_alert").GetBoolean());
        return isIncident ? envelope.With(incident) : envelope with { RuleId = Text(root.GetProperty("rule").GetProperty("id")) };
    }

    private DetectionEnvelope With(JsonElement incident) => this with
    {
        IncidentId = Text(incident.GetProperty("incident")),
        Activity = Text(incident.GetProperty("activity")),
    };

    private static string Text(JsonElement element) => element.GetString() ?? throw new InvalidOperationException();

    private static string? Optional(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? text : null;

    private static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];
}
