using System.Text.Json;
using Changeling.Events;
using static Changeling.Rules.FindingWriter;

namespace Changeling.Rules;

/// <summary>
/// Writes a detection as one Elastic Common Schema document with Kibana's alert fields, compact UTF-8 JSON below 60 KB: the same
/// id, counts and sentence as the finding in OCSF. Our own evidence goes under <c>changeling</c>.
/// </summary>
public sealed class EcsWriter(AttackNames attack, string productVersion)
{
    private const string EcsVersion = "8.17.0";

    /// <summary>The document's bytes: as stored in the outbox, and always emitted as such.</summary>
    /// <exception cref="InvalidOperationException">It cannot be cut to 60 KB.</exception>
    public byte[] Write(Detection detection) => FittedJson.Write(
        detection.Evidence.Event, (json, limits, truncation) => WriteDocument(json, detection, limits, truncation));

    private void WriteDocument(Utf8JsonWriter json, Detection detection, FindingLimits limits, Truncation? truncation)
    {
        var (rule, e) = (detection.Rule, detection.Evidence.Event);
        json.WriteStartObject();
        json.WriteString("@timestamp", detection.EnqueuedTime.UtcDateTime);
        json.WriteString("message", Sentences.Of(detection));
        json.WriteStartObject("ecs");
        json.WriteString("version", EcsVersion);
        json.WriteEndObject();

        WriteEvent(json, detection);
        WriteRule(json, rule);
        WriteKibana(json, detection);
        WriteThreat(json, rule);
        WriteObserver(json);

        json.WriteStartObject("host");
        json.WriteString("name", Cut(e.Host.Name, limits.Text));
        if (e.Host.Id is { } hostId) json.WriteString("id", Cut(hostId, limits.Text));
        json.WriteEndObject();
        if (e.User is { } user) WriteUser(json, user, limits);
        EcsProcessJson.Write(json, e, limits);

        json.WriteStartObject("changeling");
        json.WriteBoolean("is_alert", detection.IsAlert);
        EvidenceJson.Write(json, "evidence", detection, limits, truncation);
        OriginJson.Write(json, "origin", detection);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteEvent(Utf8JsonWriter json, Detection detection)
    {
        var e = detection.Evidence.Event;
        json.WriteStartObject("event");
        json.WriteString("id", detection.Id.ToString());
        json.WriteString("kind", detection.IsAlert ? "alert" : "event");
        json.WriteStartArray("category");
        json.WriteStringValue("process");
        json.WriteEndArray();
        json.WriteStartArray("type");
        json.WriteStringValue("start");
        json.WriteEndArray();
        json.WriteString("module", "changeling");
        json.WriteString("dataset", "changeling.detection");
        json.WriteString("provider", e.Format);
        json.WriteNumber("severity", EcsSeverity(detection.Rule.Severity));
        json.WriteNumber("risk_score", detection.Rule.RiskScore);
        json.WriteString("created", detection.EnqueuedTime.UtcDateTime);
        json.WriteString("start", e.Time.UtcDateTime);
        json.WriteString("end", e.Time.UtcDateTime);
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, RuleDefinition rule)
    {
        json.WriteStartObject("rule");
        json.WriteString("id", rule.Id);
        json.WriteString("name", rule.Name);
        json.WriteString("version", rule.Version);
        json.WriteString("description", rule.Description);
        json.WriteEndObject();
    }

    private static void WriteKibana(Utf8JsonWriter json, Detection detection)
    {
        json.WriteStartObject("kibana");
        json.WriteStartObject("alert");
        json.WriteString("uuid", detection.Id.ToString());
        json.WriteString("severity", Word(detection.Rule.Severity));
        json.WriteNumber("risk_score", detection.Rule.RiskScore);
        json.WriteStartObject("rule");
        json.WriteString("rule_id", detection.Rule.Id);
        json.WriteString("name", detection.Rule.Name);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteThreat(Utf8JsonWriter json, RuleDefinition rule)
    {
        json.WriteStartObject("threat");
        json.WriteString("framework", "MITRE ATT&CK");
        WriteIdsAndNames(json, "tactic", rule.Attack.Select(a => a.Tactic), attack.Tactics);
        WriteIdsAndNames(json, "technique", rule.Attack.Select(a => a.Technique), attack.Techniques);
        json.WriteEndObject();
    }

    private static void WriteIdsAndNames(Utf8JsonWriter json, string property, IEnumerable<string> ids, IReadOnlyDictionary<string, string> names)
    {
        var distinct = ids.Distinct(StringComparer.Ordinal).ToList();
        json.WriteStartObject(property);
        json.WriteStartArray("id");
        foreach (var id in distinct) json.WriteStringValue(id);
        json.WriteEndArray();
        json.WriteStartArray("name");
        foreach (var id in distinct) json.WriteStringValue(names.GetValueOrDefault(id, id));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteObserver(Utf8JsonWriter json)
    {
        json.WriteStartObject("observer");
        json.WriteString("vendor", "Changeling");
        json.WriteString("product", "Changeling");
        json.WriteString("version", productVersion);
        json.WriteEndObject();
    }

    private static void WriteUser(Utf8JsonWriter json, UserIdentity user, FindingLimits limits)
    {
        json.WriteStartObject("user");
        if (user.Name is { } name) json.WriteString("name", Cut(name, limits.Text));
        if (user.Domain is { } domain) json.WriteString("domain", Cut(domain, limits.Text));
        if (user.Sid is { } sid) json.WriteString("id", Cut(sid, limits.Text));
        json.WriteEndObject();
    }

    /// <summary>Elastic's severities as numbers: the risk scores of its own rules.</summary>
    private static int EcsSeverity(Severity severity) => severity switch
    {
        Severity.Low => 21,
        Severity.Medium => 47,
        Severity.High => 73,
        _ => 99,
    };

    private static string Word(Severity severity) => severity switch
    {
        Severity.Low => "low",
        Severity.Medium => "medium",
        Severity.High => "high",
        _ => "critical",
    };
}
