using System.Text.Json.Serialization;
using Changeling.Catalogues;

namespace Changeling.Rules;

/// <summary>A rule as data: when it fires, how severe it is, and what a person should do.</summary>
public sealed record RuleDefinition : IRuleChange
{
    /// <summary>Stable id; lower-case words joined with <c>-</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name shown to people.</summary>
    public required string Name { get; init; }

    /// <summary>Increased with every change of meaning.</summary>
    public required string Version { get; init; }

    /// <summary>Whether the rule is evaluated.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The severity of a true detection.</summary>
    public required Severity Severity { get; init; }

    /// <summary>0–100; low 21, medium 47, high 73, critical 99.</summary>
    public required int RiskScore { get; init; }

    /// <summary>What kind of analytic it is, for OCSF <c>analytic.type_id</c>.</summary>
    public required AnalyticKind Analytic { get; init; }

    /// <summary>When it fires on an event; either this or <see cref="Cluster"/> is given.</summary>
    public RuleCondition? Condition { get; init; }

    /// <summary>
    /// The part of the condition whose thresholds people choose with a backtest; <see langword="null"/> for a rule without one.
    /// </summary>
    [JsonIgnore]
    public RuleCondition? TunablePart => Condition?.AnyOf?.FirstOrDefault(part => part.Tunable == true);

    /// <summary>When it fires on the sum of many launches.</summary>
    public ClusterCondition? Cluster { get; init; }

    /// <summary>
    /// Maximum number of detections of one lineage on one host in an hour of the partition clock, in each event partition; further ones are
    /// counted and held back.
    /// </summary>
    /// <value><see langword="null"/> for no cap.</value>
    public int? MostPerHour { get; init; }

    /// <summary>MITRE ATT&amp;CK ids, for a launch in which nothing better is found.</summary>
    public required IReadOnlyList<AttackReference> Attack { get; init; }

    /// <summary>One sentence.</summary>
    public required string Description { get; init; }

    /// <summary>Text for people: what fired, how to check it, known benign causes, and the response.</summary>
    public required IReadOnlyList<string> Triage { get; init; }

    /// <summary>Further reading.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>Evidence on which the rule must fire or must not; a test checks all of them.</summary>
    public required IReadOnlyList<RuleExample> Examples { get; init; }
}

/// <summary>OCSF severities in use.</summary>
public enum Severity
{
    /// <summary>OCSF 2, risk 21.</summary>
    Low = 2,

    /// <summary>OCSF 3, risk 47.</summary>
    Medium = 3,

    /// <summary>OCSF 4, risk 73.</summary>
    High = 4,

    /// <summary>OCSF 5, risk 99.</summary>
    Critical = 5,
}

/// <summary>OCSF <c>analytic.type_id</c>.</summary>
public enum AnalyticKind
{
    /// <summary>A fixed condition.</summary>
    Rule = 1,

    /// <summary>Rarity alone.</summary>
    Statistical = 3,

    /// <summary>A trained model takes part.</summary>
    Learning = 4,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RuleDefinition))]
[JsonSerializable(typeof(DecisionThresholds))]
[JsonSerializable(typeof(BlocklistDocument))]
internal sealed partial class RuleJsonContext : JsonSerializerContext;
