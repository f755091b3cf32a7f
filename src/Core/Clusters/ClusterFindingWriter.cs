using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Changeling.Baseline;
using Changeling.Rules;

namespace Changeling.Clusters;

/// <summary>Writes a cluster rule's detection as one OCSF 1.8.0 Detection Finding, in the layout of <see cref="FindingWriter"/>: it is about no single launch.</summary>
/// <param name="attack">Names of tactics and techniques.</param>
public sealed class ClusterFindingWriter(AttackNames attack)
{
    private const int MostText = 1024;

    /// <summary>The id: rule, entity kind, entity, start of the window. A window decided again would have the same.</summary>
    public static Guid IdOf(string ruleId, ClusterEvidence evidence) => DetectionId.Of(
        ruleId, $"{KindOf(evidence.Kind)}|{evidence.Entity}|{evidence.Start.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}");

    /// <summary>The finding's bytes.</summary>
    public byte[] Write(RuleDefinition rule, ClusterEvidence evidence, bool isAlert)
    {
        var buffer = new ArrayBufferWriter<byte>(4 * 1024);
        using (var json = new Utf8JsonWriter(buffer)) Write(json, rule, evidence, isAlert);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The evidence in words.</summary>
    public static string Sentence(ClusterEvidence evidence) => string.Create(
        CultureInfo.InvariantCulture,
        $"{FindingWriter.Cut(evidence.Entity, 120)}: {evidence.Launches:N0} launches of {evidence.Children.Count} programs or more were taken for malicious from {evidence.Start:HH:mm} to {evidence.Start + ClockWindow.Length:HH:mm} UTC, probabilities adding up to {evidence.ProbabilitySum:0.0}; in the windows before it was {evidence.Mean:0.00} on average (standard deviation {evidence.Deviation:0.00}).");

    private void Write(Utf8JsonWriter json, RuleDefinition rule, ClusterEvidence evidence, bool isAlert)
    {
        var id = IdOf(rule.Id, evidence).ToString();
        var (start, end) = (evidence.Start.ToUnixTimeMilliseconds(), (evidence.Start + ClockWindow.Length).ToUnixTimeMilliseconds());
        json.WriteStartObject();
        FindingWriter.WriteHead(json, rule, end, start, end, isAlert);
        json.WriteString("message", Sentence(evidence));
        json.WriteStartObject("metadata");
        json.WriteString("version", "1.8.0");
        json.WriteString("uid", id);
        FindingWriter.WriteProduct(json, EventJudge.ProductVersion);
        json.WriteEndObject();
        FindingWriter.WriteFindingInfo(json, rule, rule.Attack, attack, id, end, start);
        if (evidence.Kind == ClusterKind.Host)
        {
            json.WriteStartObject("device");
            json.WriteString("hostname", FindingWriter.Cut(evidence.Entity, MostText));
            json.WriteNumber("type_id", 0);
            json.WriteString("type", "Unknown");
            json.WriteEndObject();
        }

        json.WriteStartArray("evidences");
        json.WriteStartObject();
        if (evidence.Kind == ClusterKind.User) WriteNamed(json, "user", evidence.Entity);
        if (evidence.Kind == ClusterKind.Parent) WriteNamed(json, "process", evidence.Entity);
        WriteData(json, evidence);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("unmapped");
        json.WriteStartObject("changeling");
        json.WriteString("identity", "window");
        json.WriteString("rule_version", rule.Version);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteData(Utf8JsonWriter json, ClusterEvidence evidence)
    {
        json.WriteStartObject("data");
        json.WriteString("schema", EvidenceJson.Schema);
        json.WriteStartObject("cluster");
        json.WriteString("by", KindOf(evidence.Kind));
        json.WriteString("entity", FindingWriter.Cut(evidence.Entity, MostText));
        json.WriteString("window_start", evidence.Start.UtcDateTime);
        json.WriteString("window_end", (evidence.Start + ClockWindow.Length).UtcDateTime);
        json.WriteNumber("launches", evidence.Launches);
        json.WriteNumber("probability_sum", Math.Round(evidence.ProbabilitySum, 3));
        json.WriteNumber("mean", Math.Round(evidence.Mean, 4));
        json.WriteNumber("deviation", Math.Round(evidence.Deviation, 4));
        json.WriteNumber("deviations_above", Math.Round(evidence.Deviations, 2));
        json.WriteNumber("windows", Math.Round(evidence.Windows, 1));
        json.WriteStartArray("children");
        foreach (var child in evidence.Children) json.WriteStringValue(FindingWriter.Cut(child, MostText));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteNamed(Utf8JsonWriter json, string property, string name)
    {
        json.WriteStartObject(property);
        json.WriteString("name", FindingWriter.Cut(name, MostText));
        json.WriteEndObject();
    }

    private static string KindOf(ClusterKind kind) => kind switch
    {
        ClusterKind.Parent => "parent",
        ClusterKind.Host => "host",
        _ => "user",
    };
}
