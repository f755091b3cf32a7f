using System.Text.Json;
using System.Text.Json.Nodes;
using Changeling.Findings;
using Changeling.TestSupport.Contract;

namespace Changeling.Core.Tests.Incidents;

/// <summary>Both checks of the contract can fail: a good message about an incident, broken in one place at a time.</summary>
public class BrokenIncidentTests
{
    private const string Own = "unmapped/changeling";

    /// <summary>Path, new value (nothing: removed) and who must notice: the schema, the facts of OCSF, or both.</summary>
    private static readonly (string Path, string? Value, bool Schema, bool Facts)[] Breaks =
    [
        ("finding_info_list", null, true, true),
        ("finding_info_list", "[]", true, false),
        ("finding_info_list/0/uid", null, true, true),
        ("finding_info_list/0/analytic/type_id", null, true, true),
        ("finding_info_list/0/analytic/type", "\"Rule\"", false, true),
        ("metadata/uid", "\"not-a-uuid\"", true, false),
        ("metadata/correlation_uid", null, true, false),
        ("metadata/sequence", "\"2\"", true, true),
        ("metadata/profiles", "[\"cloud\"]", true, false),
        ("metadata/product", null, true, true),
        ("assignee_group", null, true, true),
        ("assignee_group/name", null, true, true),
        ("status_id", null, true, true),
        ("status_id", "5", true, true),
        ("status_id", "3", true, true),
        ("activity_id", "1", true, true),
        ("type_uid", "200501", true, true),
        ("type_name", "\"Incident Finding: Close\"", true, true),
        ("severity", "\"Low\"", true, true),
        ("priority", "\"Low\"", true, true),
        ("verdict_id", "2", true, true),
        ("verdict", "\"Benign\"", true, true),
        ("comment", "\"A remark\"", false, true),
        ("is_alert", "\"true\"", true, true),
        ("risk_score", "101", true, false),
        ("message", null, true, false),
        ("desc", null, true, false),
        ("device/type_id", null, true, true),
        ("attacks/0/technique/uid", "\"PowerShell\"", true, false),
        ("observables/0/type_id", "4", false, true),
        ("observables/0/type_id", "2", true, true),
        ($"{Own}/schema", "\"changeling.incident/2\"", true, false),
        ($"{Own}/more", "1", true, false),
        ($"{Own}/status", "\"new\"", true, false),
        ($"{Own}/created", "\"yesterday\"", true, false),
        ($"{Own}/processes", "[]", true, false),
        ($"{Own}/processes/1/weight", null, true, false),
        ($"{Own}/processes/1/weight", "1.5", true, false),
        ($"{Own}/processes/1/parent", "-1", true, false),
        ($"{Own}/processes/1/member", "false", true, false),
        ($"{Own}/processes/0/member", "true", true, false),
        ($"{Own}/processes/1/rules/0/version", "\"1\"", true, false),
        ($"{Own}/clusters/0/window", null, true, false),
    ];

    [Fact]
    public async Task The_published_schema_refuses_a_broken_message()
    {
        var faults = await DetectionSchema.IncidentFaultsAsync(
            Breaks.Select(b => Broken(b.Path, b.Value)), TestContext.Current.CancellationToken);

        Assert.Equal(
            Breaks.Index().Where(b => b.Item.Schema).Select(b => $"{b.Index + 1} {b.Item.Path}"),
            faults.Select(fault => int.Parse(fault.Split(':')[1], provider: null)).Select(line => $"{line} {Breaks[line - 1].Path}"));
    }

    [Fact]
    public void The_facts_of_OCSF_refuse_a_broken_message() => Assert.All(Breaks, b =>
        Assert.Equal(b.Facts, OcsfFacts.Version180.Faults(JsonDocument.Parse(Broken(b.Path, b.Value)).RootElement).Count > 0));

    [Fact]
    public async Task A_message_about_a_close_must_say_why()
    {
        var closed = JsonNode.Parse(GoldenIncidents.Read("closed", DetectionFormat.Ocsf))!;
        Assert.True(closed.AsObject().Remove("status_detail"));

        Assert.Single(await DetectionSchema.IncidentFaultsAsync([closed.ToJsonString()], TestContext.Current.CancellationToken));
    }

    private static string Broken(string path, string? value)
    {
        var root = JsonNode.Parse(GoldenIncidents.Read("two-hosts", DetectionFormat.Ocsf))!;
        var parts = path.Split('/');
        var owner = parts[..^1].Aggregate(
            root, (node, part) => node is JsonArray array ? array[int.Parse(part, provider: null)]! : node[part]!);
        if (value is null) Assert.True(owner.AsObject().Remove(parts[^1]));
        else owner[parts[^1]] = JsonNode.Parse(value);
        return root.ToJsonString();
    }
}
