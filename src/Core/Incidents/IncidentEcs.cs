using System.Text.Json;
using Changeling.Findings;
using static Changeling.Findings.FindingWriter;

namespace Changeling.Incidents;

/// <summary>
/// A message about an incident as one Elastic Common Schema document with Kibana's alert fields: the same ids, times and sentences as in
/// OCSF. What ECS has no field for is under <c>changeling</c>.
/// </summary>
internal static class IncidentEcs
{
    private const string RuleId = "changeling-incident";
    private const string RuleName = "Changeling Incident";

    public static void Write(Utf8JsonWriter json, IncidentMessageParts message, string productVersion)
    {
        var (incident, limits) = (message.Incident, message.Limits);
        var id = IncidentFindingWriter.IdOf(incident);
        EcsWriter.WriteHead(json, message.Now, message.Headline);
        WriteEvent(json, message, id);
        json.WriteStartObject("rule");
        json.WriteString("id", RuleId);
        json.WriteString("name", RuleName);
        json.WriteEndObject();
        WriteAlert(json, message, id);
        EcsWriter.WriteThreat(json, incident.Attacks.Take(limits.List), message.Names);
        EcsWriter.WriteObserver(json, productVersion);
        json.WriteStartObject("host");
        json.WriteString("name", Cut(message.Hosts[0], limits.Text));
        json.WriteEndObject();
        json.WriteStartObject("related");
        IncidentJson.WriteTexts(json, "hosts", message.Hosts, limits);
        IncidentJson.WriteTexts(json, "user", message.Users, limits);
        json.WriteEndObject();
        json.WriteStartObject("changeling");
        json.WriteBoolean("is_alert", message.IsAlert);
        IncidentJson.Write(json, "incident", message);
        json.WriteEndObject();
    }

    private static void WriteEvent(Utf8JsonWriter json, IncidentMessageParts message, Guid id)
    {
        var incident = message.Incident;
        json.WriteStartObject("event");
        json.WriteString("id", id);
        json.WriteString("kind", message.IsAlert ? "alert" : "event");
        IncidentJson.WriteTexts(json, "category", ["intrusion_detection", "process"], message.Limits);
        IncidentJson.WriteTexts(json, "type", ["info"], message.Limits);
        json.WriteString("action", $"incident-{IncidentJson.WordOf(message.Activity)}");
        json.WriteString("module", "changeling");
        json.WriteString("dataset", "changeling.incident");
        json.WriteNumber("severity", EcsWriter.EcsSeverity(incident.Severity));
        json.WriteNumber("risk_score", incident.Risk);
        json.WriteNumber("sequence", incident.Revision);
        json.WriteString("created", message.Now.UtcDateTime);
        json.WriteString("start", incident.Begin.UtcDateTime);
        json.WriteString("end", incident.End.UtcDateTime);
        if (message.Ending is { } ending) json.WriteString("reason", ending);
        json.WriteEndObject();
    }

    private static void WriteAlert(Utf8JsonWriter json, IncidentMessageParts message, Guid id)
    {
        var incident = message.Incident;
        json.WriteStartObject("kibana");
        json.WriteStartObject("alert");
        json.WriteString("uuid", id);
        json.WriteString("severity", EcsWriter.Word(incident.Severity));
        json.WriteNumber("risk_score", incident.Risk);
        json.WriteString("reason", message.Text);
        json.WriteStartObject("rule");
        json.WriteString("rule_id", RuleId);
        json.WriteString("name", RuleName);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
