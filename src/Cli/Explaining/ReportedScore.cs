using System.Text.Json;
using Changeling.Cli.Detections;

namespace Changeling.Cli.Explaining;

/// <summary>What a finding says of its launch: the app had a model and counts of its own.</summary>
/// <param name="Probability">The probability, 0–1.</param>
/// <param name="Model">The version of the model.</param>
/// <param name="Rarity">The rarity, 0–100; <see langword="null"/> without a parent.</param>
/// <param name="Message">The finding in sentences.</param>
internal sealed record ReportedScore(double Probability, string Model, double? Rarity, string Message)
{
    /// <summary>Reads it from a finding, OCSF or ECS.</summary>
    public static ReportedScore? Of(JsonElement finding)
    {
        var evidence = finding.Items("evidences").FirstOrDefault().At("data") ?? finding.At("changeling", "evidence");
        return Number(evidence?.At("prediction", "probability")) is { } probability
            ? new(
                probability,
                evidence!.Value.Text("prediction", "model") ?? "",
                Number(evidence.Value.At("rarity", "score")),
                finding.Text("message") ?? "")
            : null;
    }

    private static double? Number(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var known) ? known : null;
}
