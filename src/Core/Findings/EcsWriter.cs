using System.Text.Json;
using Changeling.Catalogues;
using Changeling.Events;
using Changeling.Rules;
using static Changeling.Findings.FindingWriter;

namespace Changeling.Findings;

/// <summary>
/// Writes a detection as one Elastic Common Schema document with Kibana's alert fields, compact UTF-8 JSON below 60 KB: the same
/// id, counts and sentence as the finding in OCSF. Fields that ECS does not define are written under <c>changeling</c>.
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
        var e = detection.Evidence.Event;
        json.WriteStartObject();
        WriteHead(json, detection.EnqueuedTime, Sentences.Of(detection));
        WriteEvent(json, detection);
        WriteRule(json, detection.Rule, detection.Risk, detection.Id.ToString());
        WriteThreat(json, detection.Attacks, attack);
        WriteObserver(json, productVersion);

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
        WriteWhat(json, detection.Risk, detection.Id.ToString(), detection.IsAlert, detection.EnqueuedTime);
        json.WriteStartArray("type");
        json.WriteStringValue("start");
        json.WriteEndArray();
        json.WriteString("provider", e.Format);
        json.WriteString("start", e.Time.UtcDateTime);
        json.WriteString("end", e.Time.UtcDateTime);
        json.WriteEndObject();
    }

    /// <summary>The <c>event</c> fields that every document has.</summary>
    internal static void WriteWhat(Utf8JsonWriter json, Risk risk, string id, bool isAlert, DateTimeOffset found)
    {
        json.WriteString("id", id);
        json.WriteString("kind", isAlert ? "alert" : "event");
        json.WriteStartArray("category");
        json.WriteStringValue("process");
        json.WriteEndArray();
        json.WriteString("module", "changeling");
        json.WriteString("dataset", "changeling.detection");
        json.WriteNumber("severity", EcsSeverity(risk.Severity));
        json.WriteNumber("risk_score", risk.Score);
        json.WriteString("created", found.UtcDateTime);
    }

    /// <summary>The first fields of every document.</summary>
    internal static void WriteHead(Utf8JsonWriter json, DateTimeOffset found, string message)
    {
        json.WriteString("@timestamp", found.UtcDateTime);
        json.WriteString("message", message);
        json.WriteStartObject("ecs");
        json.WriteString("version", EcsVersion);
        json.WriteEndObject();
    }

    /// <summary>The rule, in the fields of ECS and of Kibana.</summary>
    internal static void WriteRule(Utf8JsonWriter json, RuleDefinition rule, Risk risk, string id)
    {
        json.WriteStartObject("rule");
        json.WriteString("id", rule.Id);
        json.WriteString("name", rule.Name);
        json.WriteString("version", rule.Version);
        json.WriteString("description", rule.Description);
        json.WriteEndObject();

        json.WriteStartObject("kibana");
        json.WriteStartObject("alert");
        json.WriteString("uuid", id);
        json.WriteString("severity", Word(risk.Severity));
        json.WriteNumber("risk_score", risk.Score);
        json.WriteStartObject("rule");
        json.WriteString("rule_id", rule.Id);
        json.WriteString("name", rule.Name);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>ATT&amp;CK ids with their names, each once.</summary>
    internal static void WriteThreat(Utf8JsonWriter json, IEnumerable<AttackReference> attacks, AttackNames names)
    {
        var all = attacks.ToList();
        json.WriteStartObject("threat");
        json.WriteString("framework", "MITRE ATT&CK");
        json.WriteStartObject("tactic");
        WriteIdsAndNames(json, all.Select(a => a.Tactic), names.Tactics);
        json.WriteEndObject();
        json.WriteStartObject("technique");
        WriteIdsAndNames(json, all.Select(a => a.Technique.Split('.')[0]), names.Techniques);
        if (all.Where(a => a.Technique.Contains('.')).Select(a => a.Technique).ToList() is { Count: > 0 } exact)
        {
            json.WriteStartObject("subtechnique");
            WriteIdsAndNames(json, exact, names.Techniques);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteIdsAndNames(Utf8JsonWriter json, IEnumerable<string> ids, IReadOnlyDictionary<string, string> names)
    {
        var distinct = ids.Distinct(StringComparer.Ordinal).ToList();
        json.WriteStartArray("id");
        foreach (var id in distinct) json.WriteStringValue(id);
        json.WriteEndArray();
        json.WriteStartArray("name");
        foreach (var id in distinct) json.WriteStringValue(names.GetValueOrDefault(id, id));
        json.WriteEndArray();
    }

    /// <summary>The product that made the detection.</summary>
    internal static void WriteObserver(Utf8JsonWriter json, string productVersion)
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
    internal static int EcsSeverity(Severity severity) => severity switch
    {
        Severity.Low => 21,
        Severity.Medium => 47,
        Severity.High => 73,
        _ => 99,
    };

    /// <summary>Elastic's word for a severity.</summary>
    internal static string Word(Severity severity) => severity switch
    {
        Severity.Low => "low",
        Severity.Medium => "medium",
        Severity.High => "high",
        _ => "critical",
    };
}
