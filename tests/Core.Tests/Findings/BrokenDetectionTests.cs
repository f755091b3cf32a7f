using System.Text.Json;
using System.Text.Json.Nodes;
using Changeling.Findings;
using Changeling.TestSupport.Contract;

namespace Changeling.Core.Tests.Findings;

/// <summary>Both checks of the contract can fail: a good detection, broken in one place at a time.</summary>
public class BrokenDetectionTests
{
    /// <summary>Path, new value (nothing: removed) and who must notice: the schema, the facts of OCSF, or both.</summary>
    private static readonly (string Path, string? Value, bool Schema, bool Facts)[] Breaks =
    [
        ("finding_info/uid", null, true, true),
        ("finding_info/uid", "\"not-a-uuid\"", true, false),
        ("metadata/product", null, true, true),
        ("metadata/version", "\"1.5.0\"", true, false),
        ("class_uid", "2003", true, true),
        ("severity", "\"Low\"", true, true),
        ("severity_id", "42", true, true),
        ("risk_score", "\"21\"", true, true),
        ("risk_score", "101", true, false),
        ("time", "1793697307.902", true, true),
        ("is_alert", "\"true\"", true, true),
        ("device/type_id", null, true, true),
        ("device/hostname", null, true, false),
        ("finding_info/analytic/type_id", "3", true, true),
        ("finding_info/attacks/0/technique/uid", "\"Masquerading\"", true, false),
        ("evidences/0/process/lineage", "[\"a\"]", false, true),
        ("evidences/0/process/file/type_id", null, true, true),
        ("evidences/0/process/file/hashes/0/algorithm", "\"SHA-1\"", true, true),
        ("evidences/0/data/schema", "\"changeling.evidence/1\"", true, false),
        ("evidences/0/data/rules", "[]", true, false),
        ("evidences/0/data/rules/0/version", null, true, false),
        ("finding_info/related_analytics", "[{\"uid\":\"a\",\"name\":\"A\",\"version\":\"1\"}]", true, true),
        ("evidences/0/data/more", "1", true, false),
        ("evidences/0/data/prediction/probability", "1.2", true, false),
        ("evidences/0/data/rarity/score", "-1", true, false),
        ("evidences/0/data/rarity/usual_children/0/share", "1", true, false),
        ("anomaly_analyses/0/anomalies", null, true, true),
        ("unmapped/changeling/partition", "3", true, false),
        ("message", null, true, false),
    ];

    [Fact]
    public async Task The_published_schema_refuses_a_broken_detection()
    {
        var breaks = Breaks.Where(b => b.Schema).ToList();

        var faults = await DetectionSchema.FaultsAsync(
            [.. breaks.Select(b => Broken(b.Path, b.Value)), "{\"class_uid\":"], TestContext.Current.CancellationToken);

        Assert.Equal(
            breaks.Select((b, index) => $"-:{index + 1}: {b.Path}"),
            breaks.Select(
                (b, index) =>
                    $"{faults.FirstOrDefault(f => f.StartsWith($"-:{index + 1}: ", StringComparison.Ordinal))?.Split(' ')[0]} {b.Path}"));
        Assert.Equal(breaks.Count + 1, faults.Count);
    }

    [Fact]
    public void The_facts_of_OCSF_refuse_a_broken_detection() => Assert.All(Breaks, b =>
        Assert.Equal(b.Facts, OcsfFacts.Version180.Faults(JsonDocument.Parse(Broken(b.Path, b.Value)).RootElement).Count > 0));

    private static string Broken(string path, string? value)
    {
        var root = JsonNode.Parse(GoldenDetections.Read("story", DetectionFormat.Ocsf))!;
        var parts = path.Split('/');
        var owner =
            parts[..^1].Aggregate(root, (node, part) => node is JsonArray array ? array[int.Parse(part, provider: null)]! : node[part]!);
        if (value is null) Assert.True(owner.AsObject().Remove(parts[^1]));
        else owner[parts[^1]] = JsonNode.Parse(value);
        return root.ToJsonString();
    }
}
