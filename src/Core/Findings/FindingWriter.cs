using System.Text.Json;
using Changeling.Catalogues;
using Changeling.Rules;

namespace Changeling.Findings;

/// <summary>
/// Writes a detection as one OCSF 1.8.0 Detection Finding (class 2004), compact UTF-8 JSON below 60 KB. Only the JSON encoder
/// builds it: event text is data, escaped, with lone surrogates replaced. Parts of the evidence that do not exist are left out.
/// </summary>
public sealed class FindingWriter(AttackNames attack, string productVersion)
{
    /// <summary>The finding's bytes: as stored in the outbox, and always emitted as such.</summary>
    /// <exception cref="InvalidOperationException">It cannot be cut to 60 KB.</exception>
    public byte[] Write(Detection detection) => FittedJson.Write(
        detection.Evidence.Event, (json, limits, truncation) => WriteFinding(json, detection, limits, truncation));

    private void WriteFinding(Utf8JsonWriter json, Detection detection, FindingLimits limits, Truncation? truncation)
    {
        var e = detection.Evidence.Event;
        var found = detection.EnqueuedTime.ToUnixTimeMilliseconds();
        var happened = e.Time.ToUnixTimeMilliseconds();
        var id = detection.Id.ToString();

        json.WriteStartObject();
        WriteHead(json, detection.Risk, found, happened, happened, detection.IsAlert, detection.IsSuppressed);
        WriteConfidence(json, detection.Evidence.Prediction.Probability);
        json.WriteString("message", Sentences.Of(detection));
        WriteMetadata(json, detection, id, limits, truncation);
        WriteFindingInfo(json, [.. detection.Rules.Select(r => r.Rule)], detection.Attacks, attack, id, found, happened);

        json.WriteStartObject("device");
        json.WriteString("hostname", Cut(e.Host.Name, limits.Text));
        if (e.Host.Id is { } hostId) json.WriteString("uid", Cut(hostId, limits.Text));
        json.WriteNumber("type_id", 0);
        json.WriteString("type", "Unknown");
        json.WriteEndObject();

        json.WriteStartArray("evidences");
        json.WriteStartObject();
        ProcessJson.Write(json, detection, limits);
        EvidenceJson.Write(json, "data", detection, limits, truncation);
        json.WriteEndObject();
        json.WriteEndArray();
        if (detection.Evidence.Rarity is { } rarity) AnomalyJson.Write(json, rarity, detection.UsualChildren, limits);
        json.WriteStartObject("unmapped");
        OriginJson.Write(json, "changeling", detection);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The first fields of every finding.</summary>
    internal static void WriteHead(
        Utf8JsonWriter json, Risk risk, long found, long start, long end, bool isAlert, bool isSuppressed = false)
    {
        json.WriteNumber("class_uid", 2004);
        json.WriteString("class_name", "Detection Finding");
        json.WriteNumber("category_uid", 2);
        json.WriteString("category_name", "Findings");
        json.WriteNumber("activity_id", 1);
        json.WriteString("activity_name", "Create");
        json.WriteNumber("type_uid", 200401);
        json.WriteString("type_name", "Detection Finding: Create");
        json.WriteNumber("time", found);
        json.WriteNumber("start_time", start);
        json.WriteNumber("end_time", end);
        var (status, word) = isSuppressed ? (3, "Suppressed") : (1, "New");
        WriteRating(json, risk, status, word, isAlert);
    }

    /// <summary>Severity, status, whether it is an alert, and risk.</summary>
    internal static void WriteRating(Utf8JsonWriter json, Risk risk, int statusId, string status, bool isAlert)
    {
        json.WriteNumber("severity_id", (int)risk.Severity);
        json.WriteString("severity", risk.Severity.ToString());
        json.WriteNumber("status_id", statusId);
        json.WriteString("status", status);
        json.WriteBoolean("is_alert", isAlert);
        json.WriteNumber("risk_score", risk.Score);
        json.WriteNumber("risk_level_id", (int)risk.Severity - 1);
        json.WriteString("risk_level", risk.Severity.ToString());
    }

    /// <summary>A probability as OCSF's confidence.</summary>
    internal static void WriteConfidence(Utf8JsonWriter json, double probability)
    {
        var (id, word) = probability switch
        {
            >= 0.8 => (3, "High"),
            >= 0.5 => (2, "Medium"),
            _ => (1, "Low"),
        };
        json.WriteNumber("confidence_score", (int)Math.Round(probability * 100));
        json.WriteNumber("confidence_id", id);
        json.WriteString("confidence", word);
    }

    private void WriteMetadata(Utf8JsonWriter json, Detection detection, string id, FindingLimits limits, Truncation? truncation)
    {
        var e = detection.Evidence.Event;
        json.WriteStartObject("metadata");
        json.WriteString("version", "1.8.0");
        json.WriteString("uid", id);
        if (e.SourceIdentity is { } identity) json.WriteString("original_event_uid", Cut(identity, limits.Text));
        json.WriteString("log_format", e.Format);
        if (truncation is not null)
        {
            json.WriteBoolean("is_truncated", true);
            json.WriteNumber("untruncated_size", truncation.WholeKilobytes);
        }

        WriteProduct(json, productVersion);
        json.WriteEndObject();
    }

    /// <summary>The product that made the finding.</summary>
    internal static void WriteProduct(Utf8JsonWriter json, string productVersion)
    {
        json.WriteStartObject("product");
        json.WriteString("name", "Changeling");
        json.WriteString("vendor_name", "Changeling");
        json.WriteString("version", productVersion);
        json.WriteEndObject();
    }

    /// <summary>Rules, ATT&amp;CK and id; the first rule is the analytic, the others are related ones.</summary>
    internal static void WriteFindingInfo(
        Utf8JsonWriter json, IReadOnlyList<RuleDefinition> rules, IEnumerable<AttackReference> attacks, AttackNames names, string id,
        long found, long happened)
    {
        json.WriteStartObject("finding_info");
        json.WriteString("uid", id);
        json.WriteString("title", rules[0].Name);
        json.WriteString("desc", rules[0].Description);
        json.WriteNumber("created_time", found);
        json.WriteNumber("first_seen_time", happened);

        json.WritePropertyName("analytic");
        WriteAnalytic(json, rules[0]);
        if (rules.Count > 1)
        {
            json.WriteStartArray("related_analytics");
            foreach (var rule in rules.Skip(1)) WriteAnalytic(json, rule);
            json.WriteEndArray();
        }

        WriteAttacks(json, attacks, names);
        json.WriteEndObject();
    }

    /// <summary>ATT&amp;CK ids with their names.</summary>
    internal static void WriteAttacks(Utf8JsonWriter json, IEnumerable<AttackReference> attacks, AttackNames names)
    {
        json.WriteStartArray("attacks");
        foreach (var (tactic, technique) in attacks)
        {
            json.WriteStartObject();
            json.WriteString("version", names.Version);
            WriteNamed(json, "tactic", tactic, names.Tactics);
            WriteNamed(json, "technique", technique.Split('.')[0], names.Techniques);
            if (technique.Contains('.')) WriteNamed(json, "sub_technique", technique, names.Techniques);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAnalytic(Utf8JsonWriter json, RuleDefinition rule)
    {
        json.WriteStartObject();
        json.WriteString("uid", rule.Id);
        json.WriteString("name", rule.Name);
        json.WriteString("version", rule.Version);
        json.WriteNumber("type_id", (int)rule.Analytic);
        json.WriteString("type", Caption(rule.Analytic));
        json.WriteEndObject();
    }

    /// <summary>OCSF's word for a kind of analytic.</summary>
    internal static string Caption(AnalyticKind kind) => kind == AnalyticKind.Learning ? "Learning (ML/DL)" : kind.ToString();

    private static void WriteNamed(Utf8JsonWriter json, string property, string id, IReadOnlyDictionary<string, string> names)
    {
        json.WriteStartObject(property);
        json.WriteString("uid", id);
        if (names.TryGetValue(id, out var name)) json.WriteString("name", name);
        json.WriteEndObject();
    }

    /// <summary>Cuts a text, but never inside a surrogate pair.</summary>
    internal static ReadOnlySpan<char> Cut(string text, int most)
    {
        if (text.Length <= most) return text;
        return text.AsSpan(0, char.IsHighSurrogate(text[most - 1]) ? most - 1 : most);
    }
}
