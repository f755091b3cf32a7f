using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Changeling.Catalogues;
using Changeling.Counts;
using Changeling.Exceptions;
using Changeling.Rules;

namespace Changeling.Findings;

/// <summary>
/// Writes a cluster rule's detection, which is about no single launch: as OCSF 1.8.0 Detection Finding in the layout of
/// <see cref="FindingWriter"/>, or as ECS in that of <see cref="EcsWriter"/>.
/// </summary>
/// <param name="attack">Names of tactics and techniques.</param>
/// <param name="format">The output format.</param>
/// <param name="productVersion">Version of Changeling.</param>
public sealed class ClusterFindingWriter(AttackNames attack, DetectionFormat format, string productVersion)
{
    /// <summary>The id: rule, entity kind, entity, start of the window. A window that is evaluated again gets the same id.</summary>
    public static Guid IdOf(string ruleId, ClusterEvidence evidence) => DetectionId.Of(
        ruleId,
        $"{ClusterJson.KindOf(evidence.Kind)}|{evidence.Entity}|{evidence.Start.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}");

    /// <summary>The detection's bytes. Texts and lists are cut, so that they stay far below 60 KB.</summary>
    /// <param name="rule">The rule that fired.</param>
    /// <param name="evidence">What it fired on.</param>
    /// <param name="isAlert">Whether it is an alert, not evidence of incidents, a note or suppressed.</param>
    /// <param name="exceptions">The result of the exceptions; <see langword="null"/> where there are none.</param>
    public byte[] Write(RuleDefinition rule, ClusterEvidence evidence, bool isAlert, ExceptionEvidence? exceptions = null)
    {
        var buffer = new ArrayBufferWriter<byte>(4 * 1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            var id = IdOf(rule.Id, evidence).ToString();
            json.WriteStartObject();
            if (format == DetectionFormat.Ecs) WriteEcs(json, rule, evidence, id, isAlert, exceptions);
            else WriteOcsf(json, rule, evidence, id, isAlert, exceptions);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The evidence in words.</summary>
    public static string Sentence(ClusterEvidence evidence) => string.Create(
        CultureInfo.InvariantCulture,
        $"{FindingWriter.Cut(evidence.Entity, 120)}: the model classified {evidence.Launches:N0} launches of {Programs(evidence.Children.Count)}"
            + $" as malicious from {evidence.Start:HH:mm} to {evidence.End:HH:mm} UTC."
            + $" Their probabilities add up to {evidence.ProbabilitySum:0.0}; earlier windows had {evidence.Mean:0.00} on average"
            + $" (standard deviation {evidence.Deviation:0.00}).");

    private static string Message(ClusterEvidence evidence, ExceptionEvidence? exceptions) =>
        $"{Sentence(evidence)} {Sentences.Suppressed(exceptions?.Matched)}".TrimEnd();

    /// <summary>Only the first children are stored by name.</summary>
    private static string Programs(int count) => count switch
    {
        1 => "one program",
        MaliciousSum.MaxChildren => $"{count} programs or more",
        _ => $"{count} programs",
    };

    private void WriteOcsf(
        Utf8JsonWriter json, RuleDefinition rule, ClusterEvidence evidence, string id, bool isAlert, ExceptionEvidence? exceptions)
    {
        var (start, end) = (evidence.Start.ToUnixTimeMilliseconds(), evidence.End.ToUnixTimeMilliseconds());
        FindingWriter.WriteHead(json, Risk.Of(rule), end, start, end, isAlert, exceptions?.Matched is not null);
        json.WriteString("message", Message(evidence, exceptions));
        json.WriteStartObject("metadata");
        json.WriteString("version", "1.8.0");
        json.WriteString("uid", id);
        FindingWriter.WriteProduct(json, productVersion);
        json.WriteEndObject();
        FindingWriter.WriteFindingInfo(json, [rule], rule.Attack, attack, id, end, start);
        if (evidence.Kind == ClusterKind.Host)
        {
            json.WriteStartObject("device");
            json.WriteString("hostname", ClusterJson.Name(evidence.Entity));
            json.WriteNumber("type_id", 0);
            json.WriteString("type", "Unknown");
            json.WriteEndObject();
        }

        json.WriteStartArray("evidences");
        json.WriteStartObject();
        if (evidence.Kind == ClusterKind.User) WriteNamed(json, "user", evidence.Entity);
        ClusterJson.Write(json, "data", evidence, exceptions);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("unmapped");
        ClusterJson.WriteOrigin(json, "changeling", rule);
        json.WriteEndObject();
    }

    private void WriteEcs(
        Utf8JsonWriter json, RuleDefinition rule, ClusterEvidence evidence, string id, bool isAlert, ExceptionEvidence? exceptions)
    {
        EcsWriter.WriteHead(json, evidence.End, Message(evidence, exceptions));
        json.WriteStartObject("event");
        EcsWriter.WriteWhat(json, Risk.Of(rule), id, isAlert, evidence.End);
        json.WriteString("start", evidence.Start.UtcDateTime);
        json.WriteString("end", evidence.End.UtcDateTime);
        json.WriteEndObject();
        EcsWriter.WriteRule(json, rule, Risk.Of(rule), id);
        EcsWriter.WriteThreat(json, rule.Attack, attack);
        EcsWriter.WriteObserver(json, productVersion);
        if (evidence.Kind == ClusterKind.Host) WriteNamed(json, "host", evidence.Entity);
        if (evidence.Kind == ClusterKind.User) WriteNamed(json, "user", evidence.Entity);
        json.WriteStartObject("changeling");
        json.WriteBoolean("is_alert", isAlert);
        ClusterJson.Write(json, "evidence", evidence, exceptions);
        ClusterJson.WriteOrigin(json, "origin", rule);
        json.WriteEndObject();
    }

    private static void WriteNamed(Utf8JsonWriter json, string property, string name)
    {
        json.WriteStartObject(property);
        json.WriteString("name", ClusterJson.Name(name));
        json.WriteEndObject();
    }
}
