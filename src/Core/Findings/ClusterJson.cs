using System.Text.Json;
using Changeling.Counts;
using Changeling.Exceptions;
using Changeling.Rules;

namespace Changeling.Findings;

/// <summary>Our own part of a cluster rule's detection, the same in OCSF and in ECS.</summary>
internal static class ClusterJson
{
    private const int MaxText = 1024;

    /// <summary>An entity's name, cut to what the contract allows.</summary>
    public static ReadOnlySpan<char> Name(string entity) => FindingWriter.Cut(entity, MaxText);

    /// <summary>The kind as rows and findings name it.</summary>
    public static string KindOf(ClusterKind kind) => kind switch
    {
        ClusterKind.Parent => "parent",
        ClusterKind.Host => "host",
        _ => "user",
    };

    public static void Write(Utf8JsonWriter json, string property, ClusterEvidence evidence, ExceptionEvidence? exceptions)
    {
        json.WriteStartObject(property);
        json.WriteString("schema", EvidenceJson.Schema);
        json.WriteStartObject("cluster");
        json.WriteString("by", KindOf(evidence.Kind));
        json.WriteString("entity", Name(evidence.Entity));
        json.WriteString("window_start", evidence.Start.UtcDateTime);
        json.WriteString("window_end", evidence.End.UtcDateTime);
        json.WriteNumber("launches", evidence.Launches);
        json.WriteNumber("probability_sum", Math.Round(evidence.ProbabilitySum, 3));
        json.WriteNumber("mean", Math.Round(evidence.Mean, 4));
        json.WriteNumber("deviation", Math.Round(evidence.Deviation, 4));
        json.WriteNumber("deviations_above", Math.Round(evidence.Deviations, 2));
        json.WriteNumber("windows", Math.Round(evidence.Windows, 1));
        json.WriteStartArray("children");
        foreach (var child in evidence.Children) json.WriteStringValue(Name(child));
        json.WriteEndArray();
        json.WriteEndObject();
        if (exceptions is not null) SignsJson.WriteExceptions(json, exceptions, ExceptionRuling.MaxNear);
        json.WriteEndObject();
    }

    /// <summary>The origin of the detection: a window and not a single launch.</summary>
    public static void WriteOrigin(Utf8JsonWriter json, string property, RuleDefinition rule)
    {
        json.WriteStartObject(property);
        json.WriteString("identity", "window");
        json.WriteString("rule_version", rule.Version);
        json.WriteEndObject();
    }
}
