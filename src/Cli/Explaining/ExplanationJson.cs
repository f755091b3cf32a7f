using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Changeling.Features;
using Changeling.Findings;
using Changeling.Rarity;

namespace Changeling.Cli.Explaining;

/// <summary>An explanation as one line of JSON.</summary>
internal static class ExplanationJson
{
    /// <summary>As <c>score</c> writes it: readable text, control characters escaped.</summary>
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteTo(Stream target, Explanation explanation)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Plain)) Write(json, explanation);
        target.Write(buffer.WrittenSpan);
        target.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, Explanation x)
    {
        json.WriteStartObject();
        WritePlace(json, x);

        json.WriteStartObject("event");
        foreach (var (name, value) in EventFields.Of(x.Event)) json.WriteString(name, value);
        json.WriteStartArray("missing");
        foreach (var field in x.Event.Missing) json.WriteStringValue(field);
        json.WriteEndArray();
        json.WriteEndObject();

        json.WriteStartObject("prediction");
        json.WriteNumber("probability", Math.Round(x.Prediction.Probability, 6));
        json.WriteNumber("threshold", Math.Round(x.Model.Threshold, 6));
        json.WriteBoolean("malicious", x.Prediction.IsMalicious);
        json.WriteString("model", x.Model.Version);
        json.WriteString("model_sha256", x.Model.Sha256);
        json.WriteNumber("feature_schema", x.Model.FeatureSchemaVersion);
        json.WriteNumber("expectation", Math.Round(x.Expectation, 6));
        json.WriteNumber("margin", Math.Round(x.Margin, 6));
        json.WriteNumber("act_margin", Math.Round(x.ActMargin, 6));
        json.WriteNumber("whole_margin", Math.Round(x.WholeMargin, 6));
        WriteReasons(json, x);
        json.WriteEndObject();

        WriteRarity(json, "rarity", x.Rarity);
        WriteRarity(json, "rarity_by_prior", x.RarityByPrior);

        json.WriteStartObject("features");
        foreach (var feature in x.Features.DistinctBy(f => f.Name)) json.WriteNumber(feature.Name, feature.Value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, Explanation x)
    {
        if (x.Reported is { } reported)
        {
            json.WriteStartObject("finding");
            json.WriteNumber("probability", reported.Probability);
            json.WriteString("model", reported.Model);
            if (reported.Rarity is { } rarity) json.WriteNumber("rarity", rarity);
            json.WriteString("message", reported.Message);
            json.WriteEndObject();
            return;
        }

        json.WriteString("file", x.Place.File);
        json.WriteNumber("line", x.Place.Line!.Value);
        json.WriteNumber("record", x.Place.Record!.Value);
    }

    private static void WriteReasons(Utf8JsonWriter json, Explanation x)
    {
        json.WriteStartArray("reasons");
        foreach (var reason in x.Reasons)
        {
            json.WriteStartObject();
            json.WriteString("feature", reason.Feature);
            json.WriteString("theme", ReasonThemes.Of(reason.Feature).ToString().ToLowerInvariant());
            json.WriteNumber("weight", Math.Round(reason.Weight, 6));
            json.WriteString("says", reason.Description);
            json.WriteString("text", reason.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRarity(Utf8JsonWriter json, string name, RarityRating? rarity)
    {
        if (rarity is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("score", Math.Round(rarity.Score, 2));
        json.WriteNumber("surprise", Math.Round(rarity.Surprise, 3));
        json.WriteString("lineage", rarity.Lineage.ToString());
        json.WriteNumber("child_count", Math.Round(rarity.ChildCount, 2));
        json.WriteNumber("parent_count", Math.Round(rarity.ParentCount, 2));
        json.WriteNumber("distinct_children", rarity.DistinctChildren);
        json.WriteString("says", Sentences.Of(rarity));
        json.WriteEndObject();
    }
}
