using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Changeling.TestSupport;
using static Changeling.Functions.Tests.Infra.Deployment;

namespace Changeling.Functions.Tests.Infra;

/// <summary>What a deployment adds for Microsoft Sentinel, if a workspace is named: the texts of <c>infra/siem/sentinel</c>.</summary>
[Collection(nameof(Templates))]
public sealed partial class SentinelTests(Templates templates)
{
    internal const string WorkspaceId =
        "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/rg-soc/providers/Microsoft.OperationalInsights/workspaces/log-soc";

    internal const string Workspace = $"sentinelWorkspaceId = '{WorkspaceId}'";

    private const string TableType = "Microsoft.OperationalInsights/workspaces/tables";

    private static readonly string[] OnlyForSentinel =
    [
        TableType, "Microsoft.SecurityInsights/alertRules", "Microsoft.Insights/workbooks",
        "Microsoft.Insights/dataCollectionEndpoints", "Microsoft.Insights/dataCollectionRules",
        "Microsoft.Insights/dataCollectionRuleAssociations",
    ];

    [Fact]
    public async Task Nothing_of_it_is_there_unless_a_workspace_is_named()
    {
        var deployment = await templates.ExpandAsync();

        Assert.All(OnlyForSentinel, type => Assert.Empty(deployment.All(type)));
        Assert.Single(deployment.All("Microsoft.ManagedIdentity/userAssignedIdentities"));
        Assert.Equal(["changeling"], deployment.Names("Microsoft.EventHub/namespaces/eventhubs/consumergroups"));
    }

    [Fact]
    public async Task All_of_it_is_there_where_it_belongs_if_a_workspace_is_named()
    {
        var deployment = await templates.ExpandAsync(Workspace, "sentinelLocation = 'uksouth'");

        Assert.All(OnlyForSentinel, type => Assert.NotEmpty(deployment.All(type)));
        Assert.All(
            new[] { TableType, "Microsoft.SecurityInsights/alertRules", "Microsoft.Insights/workbooks" }.SelectMany(deployment.All),
            r => Assert.Contains("/resourceGroups/rg-soc/", r["id"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.All(
            OnlyForSentinel.Skip(2).Take(3).SelectMany(deployment.All),
            r => Assert.Equal("uksouth", r["location"]!.GetValue<string>()));
        Assert.Equal(["changeling", "sentinel"], deployment.Names("Microsoft.EventHub/namespaces/eventhubs/consumergroups"));
        var association = deployment.One("Microsoft.Insights/dataCollectionRuleAssociations");
        Assert.EndsWith("/eventhubs/detections", About(association), StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_hubs_that_were_there_before_it_reads_where_the_hub_is()
    {
        var deployment = await templates.ExpandAsync(
            Workspace, "existingNamespaceName = 'evhns-corp'", "existingNamespaceResourceGroup = 'rg-corp'", "detectionsHub = 'findings'");

        var group = deployment.All("Microsoft.EventHub/namespaces/eventhubs/consumergroups").Select(g => g["name"]!.GetValue<string>());
        Assert.Contains("evhns-corp/findings/sentinel", group);
        var association = deployment.One("Microsoft.Insights/dataCollectionRuleAssociations");
        Assert.StartsWith("rg-corp/", About(association), StringComparison.Ordinal);
        Assert.EndsWith("/evhns-corp/eventhubs/findings", About(association), StringComparison.Ordinal);
        Assert.Empty(deployment.All("Microsoft.EventHub/namespaces/networkRuleSets"));
    }

    [Theory]
    [InlineData("ChangelingDetections_CL", "findings")]
    [InlineData("ChangelingIncidents_CL", "incidents")]
    public async Task A_table_has_the_columns_that_its_transformation_makes_and_of_their_types(string name, string what)
    {
        var tables = (await templates.ExpandAsync(Workspace)).All(TableType);
        var table = tables.Single(t => t["name"]!.GetValue<string>().EndsWith(name, StringComparison.Ordinal));
        var columns = At(table, "properties.schema.columns")!.AsArray().ToDictionary(
            c => c!["name"]!.GetValue<string>(), c => c!["type"]!.GetValue<string>());
        var made = Made().Matches(Read($"transform-{what}.kql")).Select(m => (m.Groups[1].Value, TypeOf(m.Groups[2].Value)));

        Assert.Equal(columns.Where(c => c.Key != "TimeGenerated").Select(c => (c.Key, c.Value)), made);
        Assert.Equal("dateTime", columns["TimeGenerated"]);
    }

    [Fact]
    public async Task The_rule_of_collection_reads_the_hub_with_its_own_group_and_transforms_by_the_files()
    {
        var rule = (await templates.ExpandAsync(Workspace)).One("Microsoft.Insights/dataCollectionRules");
        var source = At(rule, "properties.dataSources.dataImports.eventHub")!;
        var flows = At(rule, "properties.dataFlows")!.AsArray();

        Assert.Equal("sentinel", source["consumerGroup"]!.GetValue<string>());
        Assert.Equal(
            [
                ("Custom-ChangelingDetections_CL", Read("transform-findings.kql")),
                ("Custom-ChangelingIncidents_CL", Read("transform-incidents.kql")),
            ],
            flows.Select(f => (f!["outputStream"]!.GetValue<string>(), f["transformKql"]!.GetValue<string>())));
        Assert.All(flows, f => Assert.Equal(source["stream"]!.GetValue<string>(), f!["streams"]![0]!.GetValue<string>()));
        Assert.Equal("UserAssigned", rule["identity"]!["type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, false, "appSettings = { Detections__Alerts: 'incidents' }")]
    [InlineData(false, true, "appSettings = { Detections__Alerts: 'findings' }")]
    [InlineData(true, true, "appSettings = { Detections__Alerts: 'both' }")]
    public async Task Analytics_rules_are_the_files_and_on_where_the_app_marks_alerts(
        bool incidents, bool findings, params string[] parameters)
    {
        var rules = (await templates.ExpandAsync([Workspace, .. parameters])).All("Microsoft.SecurityInsights/alertRules")
            .ToDictionary(r => At(r, "properties.displayName")!.GetValue<string>(), Properties);

        Assert.All([("incident", incidents), ("finding", findings)], expected =>
        {
            var (name, enabled) = expected;
            var rule = rules[$"Changeling {name}s"];
            Assert.Equal(Read($"{name}-alerts.kql"), rule["query"]!.GetValue<string>());
            Assert.Equal(enabled, rule["enabled"]!.GetValue<bool>());
            Assert.All(
                JsonNode.Parse(Read($"{name}-rule.json"))!.AsObject(),
                setting => Assert.True(JsonNode.DeepEquals(setting.Value, rule[setting.Key]), setting.Key));
        });
    }

    [Fact]
    public async Task The_workbook_is_the_file()
    {
        var workbook = (await templates.ExpandAsync(Workspace)).One("Microsoft.Insights/workbooks");

        Assert.Equal(Read("workbook.json"), At(workbook, "properties.serializedData")!.GetValue<string>());
        Assert.Equal("sentinel", At(workbook, "properties.category")!.GetValue<string>());
        Assert.Equal(WorkspaceId, At(workbook, "properties.sourceId")!.GetValue<string>());
    }

    private static string Read(string file) => File.ReadAllText(RepositoryRoot.Combine("infra", "siem", "sentinel", file));

    /// <summary>The type of a column that an expression of a transformation gives.</summary>
    private static string TypeOf(string expression) => expression switch
    {
        ['d', 'a', 't', 'e', ..] => "dateTime",
        ['t', 'o', 'b', ..] => "boolean",
        ['t', 'o', 'l', ..] => "long",
        ['t', 'o', 's', ..] => "string",
        _ => "dynamic",
    };

    [GeneratedRegex(@"^    (\w+) = (.+?),?$", RegexOptions.Multiline)]
    private static partial Regex Made();
}
