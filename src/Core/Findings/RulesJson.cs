using System.Text.Json;

namespace Changeling.Findings;

/// <summary>The rules that fired on a launch, the leading one first, each with its own thresholds, cap and exceptions.</summary>
internal static class RulesJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<DetectedRule> rules, FindingLimits limits)
    {
        json.WriteStartArray("rules");
        foreach (var detected in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", detected.Rule.Id);
            json.WriteString("name", detected.Rule.Name);
            json.WriteString("version", detected.Rule.Version);
            json.WriteString("severity", detected.Rule.Severity.ToString());
            if (detected.Rule.Condition?.LowestRarity is { } rarity) json.WriteNumber("rarity_threshold", rarity);
            WriteCap(json, detected);
            if (detected.Exceptions is { } exceptions) SignsJson.WriteExceptions(json, exceptions, limits.Items);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCap(Utf8JsonWriter json, DetectedRule detected)
    {
        if (detected is not { Quota: { } quota, Rule.MostPerHour: { } most }) return;
        json.WriteStartObject("cap");
        json.WriteNumber("most_per_hour", most);
        json.WriteNumber("let_through_in_hour", quota.LetThrough);
        json.WriteNumber("held_back_before", quota.HeldBack);
        json.WriteEndObject();
    }
}
