using System.Text.Json.Nodes;
using static Changeling.Functions.Tests.Infra.Deployment;

namespace Changeling.Functions.Tests.Infra;

/// <summary>Who may do what: every right that is needed, and none more.</summary>
[Collection(nameof(Templates))]
public sealed class RolesTests(Templates templates)
{
    private const string Operator = "11111111-1111-1111-1111-111111111111";

    private static readonly Dictionary<string, string> Names = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["a638d3c7-ab3a-418d-83e6-5f17a39d4fde"] = "Azure Event Hubs Data Receiver",
        ["2b629674-e913-4c01-ae53-ef4638d8f975"] = "Azure Event Hubs Data Sender",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
    };

    private static readonly string[] App =
    [
        "rg-test/components/appi-: Monitoring Metrics Publisher",
        "rg-test/eventhubs/detections: Azure Event Hubs Data Sender",
        "rg-test/eventhubs/telemetry: Azure Event Hubs Data Receiver",
        "rg-test/storageAccounts/stdata: Storage Blob Data Contributor",
        "rg-test/storageAccounts/stdata: Storage Table Data Contributor",
        "rg-test/storageAccounts/sthost: Storage Blob Data Owner",
    ];

    [Fact]
    public async Task The_app_has_the_six_rights_that_it_needs_and_nobody_has_any_other()
    {
        var roles = Roles(await templates.ExpandAsync());

        Assert.Equal(App, roles.Select(r => r.Right));
        Assert.All(roles, r => Assert.Equal("ServicePrincipal", r.Type));
        Assert.All(roles, r => Assert.Contains("outputs.principalId", r.Principal, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_operator_who_is_named_gets_the_data_and_the_hubs_the_other_way_round()
    {
        var roles = Roles(await templates.ExpandAsync($"operatorPrincipalId = '{Operator}'", "operatorPrincipalType = 'Group'"));

        Assert.Equal(
            [
                "rg-test/eventhubs/detections: Azure Event Hubs Data Receiver",
                "rg-test/eventhubs/telemetry: Azure Event Hubs Data Sender",
                "rg-test/storageAccounts/stdata: Storage Blob Data Contributor",
                "rg-test/storageAccounts/stdata: Storage Table Data Contributor",
            ],
            roles.Where(r => r.Principal == Operator && r.Type == "Group").Select(r => r.Right));
        Assert.Equal(App, roles.Where(r => r.Principal != Operator).Select(r => r.Right));
    }

    [Fact]
    public async Task On_hubs_that_were_there_before_the_rights_are_given_where_the_hubs_are()
    {
        var roles = Roles(
            await templates.ExpandAsync(
                "existingNamespaceName = 'evhns-corp'", "existingNamespaceResourceGroup = 'rg-corp'", "telemetryHub = 'windows'"));

        Assert.Equal(
            ["rg-corp/eventhubs/detections: Azure Event Hubs Data Sender", "rg-corp/eventhubs/windows: Azure Event Hubs Data Receiver"],
            roles.Where(r => r.Right.StartsWith("rg-corp", StringComparison.Ordinal)).Select(r => r.Right));
        Assert.Equal(App.Length, roles.Count);
    }

    [Fact]
    public async Task The_data_collection_rule_of_Sentinel_may_read_detections_and_nothing_else()
    {
        var roles = Roles(await templates.ExpandAsync(SentinelTests.Workspace)).Where(r => !App.Contains(r.Right)).ToList();

        var (right, principal, type) = Assert.Single(roles);
        Assert.Equal(("rg-test/eventhubs/detections: Azure Event Hubs Data Receiver", "ServicePrincipal"), (right, type));
        Assert.Contains("sentinel", principal, StringComparison.Ordinal);
    }

    private static List<(string Right, string Principal, string Type)> Roles(Deployment deployment) =>
        [.. deployment.All("Microsoft.Authorization/roleAssignments").Select(Role).OrderBy(r => r.Right, StringComparer.Ordinal)];

    private static (string Right, string Principal, string Type) Role(JsonObject assignment)
    {
        var parts = About(assignment).Split('/');
        var role = At(assignment, "properties.roleDefinitionId")!.GetValue<string>().Split('/')[^1];
        var name = parts[^1]
            .StartsWith("st", StringComparison.Ordinal) ? parts[^1][..6] : parts[^1]
            .StartsWith("appi-", StringComparison.Ordinal) ? "appi-" : parts[^1];
        return ($"{parts[0]}/{parts[^2]}/{name}: {Names.GetValueOrDefault(role, role)}",
            At(assignment, "properties.principalId")!.GetValue<string>(), At(assignment, "properties.principalType")!.GetValue<string>());
    }
}
