using System.Text.Json;
using Changeling.Events;
using Changeling.Rarity;
using static Changeling.Findings.FindingWriter;

namespace Changeling.Findings;

/// <summary>Our own part of a finding, <c>evidences[].data</c>, versioned by its <c>schema</c> constant.</summary>
internal static class EvidenceJson
{
    /// <summary>Name and version of the layout.</summary>
    public const string Schema = "changeling.evidence/2";

    public static void Write(Utf8JsonWriter json, string property, Detection detection, FindingLimits limits, Truncation? truncation)
    {
        json.WriteStartObject(property);
        json.WriteString("schema", Schema);
        WritePrediction(json, detection, limits);
        if (detection.Evidence.Rarity is { } rarity) WriteRarity(json, rarity, detection, limits);
        SignsJson.Write(json, detection.Evidence, limits);
        RulesJson.Write(json, detection.Rules, limits);
        AncestorsJson.Write(json, detection.Ancestors, limits);
        if (truncation is not null) WriteTruncated(json, truncation);
        json.WriteEndObject();
    }

    /// <summary>Flags as snake-case words: <c>time_suspect parent_invalid</c>.</summary>
    public static string Words(EventNotes notes) =>
        string.Join(' ', Enum.GetValues<EventNotes>().Where(n => n != EventNotes.None && notes.HasFlag(n))
            .Select(n => JsonNamingPolicy.SnakeCaseLower.ConvertName(n.ToString())));

    private static void WritePrediction(Utf8JsonWriter json, Detection detection, FindingLimits limits)
    {
        var (prediction, model) = (detection.Evidence.Prediction, detection.Model);
        json.WriteStartObject("prediction");
        json.WriteNumber("probability", Math.Round(prediction.Probability, 4));
        if (prediction.Act is { } act) json.WriteNumber("act", Math.Round(act, 4));
        json.WriteNumber("threshold", Math.Round(model.Threshold, 4));
        json.WriteBoolean("malicious", prediction.IsMalicious);
        json.WriteString("model", model.Version);
        json.WriteString("model_sha256", model.Sha256);
        json.WriteNumber("feature_schema", model.FeatureSchemaVersion);

        json.WriteStartArray("reasons");
        foreach (var reason in detection.Reasons.Take(limits.Items))
        {
            json.WriteStartObject();
            json.WriteString("feature", reason.Feature);
            json.WriteNumber("weight", Math.Round(reason.Weight, 3));
            if (reason.Description is { } says) json.WriteString("says", Cut(says, limits.Text));
            if (reason.Text is { } text) json.WriteString("text", Cut(text, limits.Text));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("missing");
        foreach (var field in detection.Evidence.Event.Missing) json.WriteStringValue(field);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRarity(Utf8JsonWriter json, RarityRating rarity, Detection detection, FindingLimits limits)
    {
        json.WriteStartObject("rarity");
        json.WriteNumber("score", Math.Round(rarity.Score, 1));
        json.WriteNumber("surprise", Math.Round(Math.Max(rarity.Surprise, 0), 3));
        json.WriteNumber("share", Significant(rarity.Share));
        json.WriteString("parent", Cut(rarity.Lineage.Parent, limits.Text));
        json.WriteString("child", Cut(rarity.Lineage.Child, limits.Text));
        json.WriteNumber("child_count", Math.Round(rarity.ChildCount, 2));
        json.WriteNumber("parent_count", Math.Round(rarity.ParentCount, 2));
        json.WriteNumber("distinct_children", rarity.DistinctChildren);
        WriteTime(json, "child_first_seen", rarity.ChildFirstSeen);
        WriteTime(json, "parent_first_seen", rarity.ParentFirstSeen);
        json.WriteNumber("half_life_days", detection.HalfLifeDays);
        json.WriteNumber("prior_weight", Math.Round(rarity.PriorWeight, 4));
        if (rarity.Confidence is { } confidence)
            json.WriteString("confidence", JsonNamingPolicy.SnakeCaseLower.ConvertName(confidence.ToString()));
        json.WriteStartArray("usual_children");
        foreach (var row in detection.UsualChildren.Take(limits.Items))
        {
            json.WriteStartObject();
            json.WriteString("name", Cut(row.Name!, limits.Text));
            json.WriteNumber("count", Math.Round(row.Count.Launches, 2));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTruncated(Utf8JsonWriter json, Truncation truncation)
    {
        json.WriteStartObject("truncated");
        json.WriteNumber("detection_bytes", truncation.WholeBytes);
        if (truncation.CommandLineBytes is { } line) json.WriteNumber("command_line_bytes", line);
        if (truncation.ParentCommandLineBytes is { } parentLine) json.WriteNumber("parent_command_line_bytes", parentLine);
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string property, DateTimeOffset? time)
    {
        if (time is { } known) json.WriteString(property, known.UtcDateTime);
        else json.WriteNull(property);
    }

    private static double Significant(double value)
    {
        if (value is <= 0 or >= 1) return value;
        var digits = Math.Min(15, 3 - (int)Math.Floor(Math.Log10(value)));
        return Math.Round(value, digits);
    }
}
