using System.Text.Json;
using Changeling.Counts;
using Changeling.Rarity;
using static Changeling.Findings.FindingWriter;

namespace Changeling.Findings;

/// <summary>The rarity again, in the standard form of OCSF: <c>anomaly_analyses[]</c> (since OCSF 1.5).</summary>
internal static class AnomalyJson
{
    private const string Parameter = "child process name";
    private const string Kind = "Frequency Analysis";

    public static void Write(Utf8JsonWriter json, RarityRating rarity, IReadOnlyList<CountRow> usualChildren, FindingLimits limits)
    {
        json.WriteStartArray("anomaly_analyses");
        json.WriteStartObject();
        json.WriteStartArray("analysis_targets");
        json.WriteStartObject();
        json.WriteString("name", Cut(rarity.Lineage.Parent, limits.Text));
        json.WriteString("type", "Parent Process");
        json.WriteEndObject();
        json.WriteEndArray();

        WriteObservations(
            json, "anomalies", rarity.ChildCount < 0.05 ? "UNSEEN" : "RARE", [(rarity.Lineage.Child, rarity.ChildCount)], limits);
        if (usualChildren.Count > 0 && limits.Items > 0)
        {
            WriteObservations(
                json, "baselines", "FREQUENT", usualChildren.Take(limits.Items).Select(r => (r.Name!, r.Count.Launches)), limits);
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteObservations(
        Utf8JsonWriter json, string property, string pattern, IEnumerable<(string Child, double Count)> children, FindingLimits limits)
    {
        json.WriteStartArray(property);
        json.WriteStartObject();
        json.WriteString("observation_parameter", Parameter);
        json.WriteString("observation_type", Kind);
        json.WriteString("observed_pattern", pattern);
        json.WriteStartArray("observations");
        foreach (var (child, count) in children)
        {
            json.WriteStartObject();
            json.WriteString("value", Cut(child, limits.Text));
            json.WriteNumber("count", (long)Math.Round(count));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
