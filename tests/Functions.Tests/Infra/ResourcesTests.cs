using System.Reflection;
using System.Text.Json;
using Changeling.Storage;
using Changeling.TestSupport;
using static Changeling.Functions.Tests.Infra.Deployment;

namespace Changeling.Functions.Tests.Infra;

/// <summary>What a deployment holds: the plan, places for all that the app writes, logs of everything, and what azd looks for.</summary>
[Collection(nameof(Templates))]
public sealed class ResourcesTests(Templates templates)
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task The_app_runs_as_an_isolated_worker_on_Flex_Consumption(int alwaysReady)
    {
        var deployment = await templates.ExpandAsync($"alwaysReadyInstances = {alwaysReady}", "instanceMemoryMB = 4096");
        var app = deployment.One("Microsoft.Web/sites");
        var ready = At(app, "properties.functionAppConfig.scaleAndConcurrency.alwaysReady")!.AsArray();

        Assert.Equal("FC1", At(deployment.One("Microsoft.Web/serverfarms"), "sku.name")!.GetValue<string>());
        Assert.Equal("dotnet-isolated", At(app, "properties.functionAppConfig.runtime.name")!.GetValue<string>());
        Assert.Equal("10.0", At(app, "properties.functionAppConfig.runtime.version")!.GetValue<string>());
        Assert.Equal("0", deployment.Settings["WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED"]);
        Assert.Equal(
            "UserAssignedIdentity", At(app, "properties.functionAppConfig.deployment.storage.authentication.type")!.GetValue<string>());
        Assert.Contains(
            "app-package", At(app, "properties.functionAppConfig.deployment.storage.value")!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(
            alwaysReady == 0 ? [] : [("function:ScoreTelemetry", alwaysReady)],
            ready.Select(r => (r!["name"]!.GetValue<string>(), r["instanceCount"]!.GetValue<int>())));
        Assert.Equal("3", deployment.Settings["Pipeline__ConcurrentBatches"]);
    }

    [Fact]
    public async Task There_is_a_container_for_everything_that_the_app_keeps_in_blobs_and_a_table_for_its_counts()
    {
        var deployment = await templates.ExpandAsync();
        var needed = typeof(StorageClients).Assembly.GetTypes()
            .Select(
                type =>
                    type.GetField(
                        "Container", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)?.GetRawConstantValue() as string)
            .OfType<string>()
            .ToList();

        Assert.Contains("models", needed);
        Assert.Empty(needed.Except(deployment.Names("Microsoft.Storage/storageAccounts/blobServices/containers")));
        Assert.Equal([StorageClients.LineageTableName], deployment.Names("Microsoft.Storage/storageAccounts/tableServices/tables"));
    }

    [Fact]
    public async Task Dead_letters_go_after_the_days_that_were_asked_for()
    {
        var policy = (await templates.ExpandAsync("deadLetterDays = 14")).One("Microsoft.Storage/storageAccounts/managementPolicies");
        var rules = At(policy, "properties.policy.rules")!.AsArray()
            .Select(
                r =>
                    (
                        $"{r!["definition"]!["filters"]!["prefixMatch"]![0]}",
                        r["definition"]!["actions"]!["baseBlob"]!["delete"]!["daysAfterModificationGreaterThan"]!.GetValue<int>()));

        Assert.Equal([("deadletters/", 14), ("health/", 7)], rules);
    }

    [Fact]
    public async Task Everything_sends_its_logs_to_the_workspace()
    {
        var settings = (await templates.ExpandAsync()).All("Microsoft.Insights/diagnosticSettings");
        var about = settings.Select(s => string.Join('/', About(s).Split('/')[1..]))
            .Select(a => a.Split("/providers/")[^1])
            .Select(Shape)
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "providers/Microsoft.EventHub/namespaces/evhns-",
                "providers/Microsoft.Storage/storageAccounts/stdata/blobServices/default",
                "providers/Microsoft.Storage/storageAccounts/stdata/tableServices/default",
                "providers/Microsoft.Storage/storageAccounts/sthost/blobServices/default",
                "providers/Microsoft.Storage/storageAccounts/sthost/tableServices/default",
                "providers/Microsoft.Web/sites/func-",
            ],
            about);
        Assert.All(settings, s => Assert.NotNull(At(s, "properties.workspaceId")));
        var data = settings.Single(
            s => About(s).Contains("stdata", StringComparison.Ordinal) && About(s).Contains("blobServices", StringComparison.Ordinal));
        Assert.Equal(
            ["StorageWrite", "StorageDelete"], At(data, "properties.logs")!.AsArray().Select(l => l!["category"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Alerts_write_to_whom_they_were_told_to()
    {
        var quiet = await templates.ExpandAsync();
        var loud = await templates.ExpandAsync("alertEmail = 'soc@example.org'");

        Assert.Empty(quiet.All("Microsoft.Insights/actionGroups"));
        Assert.All(
            quiet.All("Microsoft.Insights/scheduledQueryRules"), a => Assert.Empty(At(a, "properties.actions.actionGroups")!.AsArray()));
        Assert.All(
            loud.All("Microsoft.Insights/scheduledQueryRules"), a => Assert.Single(At(a, "properties.actions.actionGroups")!.AsArray()));
        Assert.All(loud.All("Microsoft.Insights/metricAlerts"), a => Assert.Single(At(a, "properties.actions")!.AsArray()));
        Assert.Equal(
            "soc@example.org",
            At(loud.One("Microsoft.Insights/actionGroups"), "properties.emailReceivers")![0]!["emailAddress"]!.GetValue<string>());
    }

    /// <summary>The host samples its traces, and shows a batch that is retried once, when it has succeeded.</summary>
    [Fact]
    public async Task Log_alerts_ask_metrics_which_are_not_sampled()
    {
        var alerts = (await templates.ExpandAsync()).All("Microsoft.Insights/scheduledQueryRules");

        Assert.Equal(9, alerts.Count);
        Assert.All(
            alerts,
            a =>
                Assert.StartsWith(
                    "customMetrics ", At(a, "properties.criteria")!["allOf"]![0]!["query"]!.GetValue<string>(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Silence_is_an_alert_only_where_there_were_events_before()
    {
        var alerts = (await templates.ExpandAsync()).All("Microsoft.Insights/scheduledQueryRules");
        var reach = alerts.ToDictionary(
            a => At(a, "properties.displayName")!.GetValue<string>(), a => At(a, "properties.overrideQueryTimeRange")?.GetValue<string>());

        Assert.Equal(("Changeling: no-events", "P2D"), reach.Where(r => r.Value is not null).Select(r => (r.Key, r.Value)).Single());
    }

    [Fact]
    public async Task Azd_finds_the_site_by_its_tag_and_every_parameter_that_its_file_sets()
    {
        var deployment = await templates.ExpandAsync();
        var template = await templates.CompileAsync();
        using var file = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Combine("infra", "main.parameters.json")));
        var parameters = template["parameters"]!.AsObject();
        var set = file.RootElement.GetProperty("parameters").EnumerateObject().Select(p => p.Name).ToList();

        Assert.Equal("scorer", deployment.One("Microsoft.Web/sites")["tags"]!["azd-service-name"]!.GetValue<string>());
        Assert.Equal("test", deployment.One("Microsoft.Resources/resourceGroups")["tags"]!["azd-env-name"]!.GetValue<string>());
        Assert.Contains("\n  scorer:\n", File.ReadAllText(RepositoryRoot.Combine("azure.yaml")), StringComparison.Ordinal);
        Assert.Empty(set.Except(parameters.Select(p => p.Key)));
        Assert.All(parameters.Where(p => p.Value!["defaultValue"] is null), p => Assert.Contains(p.Key, set));
    }

    /// <summary>The names as the template makes them, without the token that distinguishes deployments.</summary>
    private static string Shape(string id) =>
        string.Join('/', ("providers/" + id.Replace("providers/", "", StringComparison.Ordinal)).Split('/').Select(part =>
        part.StartsWith("stdata", StringComparison.Ordinal)
            || part.StartsWith(
                "sthost",
                StringComparison.Ordinal) ? part[..6] : part.Contains(
                    '-', StringComparison.Ordinal) ? part[..(part.IndexOf('-', StringComparison.Ordinal) + 1)] : part));
}
