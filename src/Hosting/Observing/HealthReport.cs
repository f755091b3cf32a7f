using System.Text.Json.Serialization;
using Changeling.Sources;

namespace Changeling.Hosting.Observing;

/// <summary>The blob <c>health/{instance}.json</c>: read by people and by scripts. Fields may be added but not renamed.</summary>
internal sealed record HealthReport(
    string Instance,
    string Version,
    DateTimeOffset StartedAt,
    DateTimeOffset WrittenAt,
    string? Model,
    string Baseline,
    int FleetPartitions,
    long BatchesAnswered,
    long InvocationsFailed,
    FailureHealth? LastFailure,
    IReadOnlyList<PartitionHealth> Partitions,
    SourceHealthReport Sources);

/// <summary>The report's JSON, compiled.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJsonContext : JsonSerializerContext;
