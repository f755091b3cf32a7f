using System.Globalization;
using System.Text.Json;
using Changeling.Catalogues;
using Changeling.Findings;
using static Changeling.Findings.FindingWriter;

namespace Changeling.Incidents;

/// <summary>
/// Writes a message about an incident: as one OCSF 1.8.0 Incident Finding (class 2005), or as one Elastic Common Schema document. Compact
/// UTF-8 JSON of at most 60 KB, whatever the texts hold; the same arguments always give the same bytes.
/// </summary>
/// <param name="attack">Names of tactics and techniques.</param>
/// <param name="format">The output format.</param>
/// <param name="productVersion">Version of Changeling.</param>
public sealed class IncidentFindingWriter(AttackNames attack, DetectionFormat format, string productVersion)
{
    /// <summary>
    /// OCSF requires an assignee of every incident. Changeling assigns nobody, so the message names a group that says so.
    /// </summary>
    private const string Nobody = "Unassigned";

    /// <summary>The id of a message: the incident's id and the number of the message, so that a repeat has the same.</summary>
    public static Guid IdOf(Incident incident) => DetectionId.Of(
        "incident-message", string.Create(CultureInfo.InvariantCulture, $"{incident.Id}|{incident.Revision}"));

    /// <summary>The message's bytes: as stored in the outbox, and always sent as such.</summary>
    /// <param name="incident">The incident, with the revision of this message.</param>
    /// <param name="activity">What the message says.</param>
    /// <param name="isAlert">Whether people should look at it.</param>
    /// <param name="now">The clock of incidents, UTC.</param>
    /// <exception cref="InvalidOperationException">It cannot be cut to 60 KB.</exception>
    public byte[] Write(Incident incident, IncidentActivity activity, bool isAlert, DateTimeOffset now) => FittedJson.Write(
        IncidentLimits.Tightening,
        (json, limits, whole) =>
        {
            var message = new IncidentMessageParts(incident, activity, isAlert, now, limits, whole, attack);
            json.WriteStartObject();
            if (format == DetectionFormat.Ecs) IncidentEcs.Write(json, message, productVersion);
            else WriteOcsf(json, message);
            json.WriteEndObject();
        });

    private void WriteOcsf(Utf8JsonWriter json, IncidentMessageParts message)
    {
        var (incident, limits) = (message.Incident, message.Limits);
        WriteHead(json, message);
        WriteConfidence(json, Math.Clamp(incident.Score, 0, 1));
        json.WriteNumber("priority_id", (int)incident.Severity - 1);
        json.WriteString("priority", incident.Severity.ToString());
        json.WriteNumber("verdict_id", 4);
        json.WriteString("verdict", "Suspicious");
        json.WriteString("message", message.Headline);
        json.WriteString("desc", message.Text);
        if (message.Ending is { } ending) json.WriteString("status_detail", ending);
        WriteMetadata(json, message);
        json.WriteStartObject("assignee_group");
        json.WriteString("name", Nobody);
        json.WriteEndObject();
        json.WriteStartObject("device");
        json.WriteString("hostname", Cut(message.Hosts[0], limits.Text));
        json.WriteNumber("type_id", 0);
        json.WriteString("type", "Unknown");
        json.WriteEndObject();
        WriteAttacks(json, incident.Attacks.Take(limits.List), attack);
        WriteFindings(json, message);
        WriteObservables(json, message);
        json.WriteStartObject("unmapped");
        IncidentJson.Write(json, "changeling", message);
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, IncidentMessageParts message)
    {
        var (incident, activity) = (message.Incident, message.Activity);
        json.WriteNumber("class_uid", DetectionEnvelope.IncidentClassUid);
        json.WriteString("class_name", "Incident Finding");
        json.WriteNumber("category_uid", 2);
        json.WriteString("category_name", "Findings");
        json.WriteNumber("activity_id", (int)activity);
        json.WriteString("activity_name", activity.ToString());
        json.WriteNumber("type_uid", (DetectionEnvelope.IncidentClassUid * 100) + (int)activity);
        json.WriteString("type_name", $"Incident Finding: {activity}");
        json.WriteNumber("time", message.Now.ToUnixTimeMilliseconds());
        json.WriteNumber("start_time", incident.Begin.ToUnixTimeMilliseconds());
        json.WriteNumber("end_time", incident.End.ToUnixTimeMilliseconds());
        var (status, word) = activity == IncidentActivity.Close ? (5, "Closed") : (1, "New");
        WriteRating(json, new Risk(incident.Risk, incident.Severity), status, word, message.IsAlert);
    }

    private void WriteMetadata(Utf8JsonWriter json, IncidentMessageParts message)
    {
        json.WriteStartObject("metadata");
        json.WriteString("version", "1.8.0");
        json.WriteString("uid", IdOf(message.Incident));
        json.WriteString("correlation_uid", message.Incident.Id);
        json.WriteNumber("sequence", message.Incident.Revision);
        json.WriteStartArray("profiles");
        json.WriteStringValue("host");
        json.WriteStringValue("incident");
        json.WriteStringValue("security_control");
        json.WriteEndArray();
        if (message.WholeBytes is { } whole)
        {
            json.WriteBoolean("is_truncated", true);
            json.WriteNumber("untruncated_size", (whole + 1023) / 1024);
        }

        WriteProduct(json, productVersion);
        json.WriteEndObject();
    }

    /// <summary>
    /// One entry for each step that is a finding. OCSF requires the list: where no step is a finding, the entry is the incident itself.
    /// </summary>
    private void WriteFindings(Utf8JsonWriter json, IncidentMessageParts message)
    {
        var (incident, limits) = (message.Incident, message.Limits);
        json.WriteStartArray("finding_info_list");
        foreach (var signal in message.Members.Select(m => m.Signal).Where(s => s.IsFinding)) WriteFinding(json, signal, limits);
        if (!message.Members.Any(m => m.Signal.IsFinding))
        {
            json.WriteStartObject();
            json.WriteString("uid", incident.Id);
            json.WriteString("title", "Launches that No Rule Reports");
            json.WriteNumber("created_time", (incident.Created ?? message.Now).ToUnixTimeMilliseconds());
            json.WriteNumber("first_seen_time", incident.Begin.ToUnixTimeMilliseconds());
            WriteAttacks(json, incident.Attacks.Take(limits.List), attack);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteFinding(Utf8JsonWriter json, Signal signal, IncidentLimits limits)
    {
        json.WriteStartObject();
        json.WriteString("uid", signal.Uid);
        json.WriteString("title", Cut(signal.Rules[0].Name, limits.Text));
        json.WriteNumber("created_time", signal.Time.ToUnixTimeMilliseconds());
        json.WriteNumber("first_seen_time", signal.Started.ToUnixTimeMilliseconds());
        json.WritePropertyName("analytic");
        WriteAnalytic(json, signal.Rules[0], limits);
        if (signal.Rules.Count > 1 && limits.FindingItems > 0)
        {
            json.WriteStartArray("related_analytics");
            foreach (var rule in signal.Rules.Skip(1).Take(limits.FindingItems)) WriteAnalytic(json, rule, limits);
            json.WriteEndArray();
        }

        WriteAttacks(json, signal.Attacks.Take(limits.FindingItems), attack);
        json.WriteEndObject();
    }

    private static void WriteAnalytic(Utf8JsonWriter json, SignalRule rule, IncidentLimits limits)
    {
        var kind = rule.Analytic;
        json.WriteStartObject();
        json.WriteString("uid", Cut(rule.Id, limits.Text));
        json.WriteString("name", Cut(rule.Name, limits.Text));
        json.WriteNumber("type_id", (int)(kind ?? 0));
        json.WriteString("type", kind is { } known ? Caption(known) : "Unknown");
        json.WriteEndObject();
    }

    /// <summary>Hosts and accounts where readers that know only OCSF look for them.</summary>
    private static void WriteObservables(Utf8JsonWriter json, IncidentMessageParts message)
    {
        json.WriteStartArray("observables");
        foreach (var host in message.Hosts) WriteObservable(json, "unmapped.changeling.hosts", 1, "Hostname", host, message.Limits);
        foreach (var user in message.Users) WriteObservable(json, "unmapped.changeling.users", 4, "User Name", user, message.Limits);
        json.WriteEndArray();
    }

    private static void WriteObservable(Utf8JsonWriter json, string name, int typeId, string type, string value, IncidentLimits limits)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteNumber("type_id", typeId);
        json.WriteString("type", type);
        json.WriteString("value", Cut(value, limits.Text));
        json.WriteEndObject();
    }
}
