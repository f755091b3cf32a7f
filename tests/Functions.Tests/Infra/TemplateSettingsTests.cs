using System.Globalization;

namespace Changeling.Functions.Tests.Infra;

/// <summary>The templates against the app: what its functions and its options ask for, the deployment sets.</summary>
[Collection(nameof(Templates))]
public sealed class TemplateSettingsTests(Templates templates)
{
    /// <summary>Belong to <c>functionAppConfig</c> on Flex Consumption, which refuses or ignores them here.</summary>
    private static readonly string[] NotOnFlex =
    [
        "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_EXTENSION_VERSION", "WEBSITE_RUN_FROM_PACKAGE", "AzureWebJobsStorage",
    ];

    [Fact]
    public async Task Every_setting_that_a_function_names_is_set()
    {
        var settings = (await templates.ExpandAsync()).Settings;

        Assert.Equal(
            ["TelemetryConsumerGroup", "TelemetryHub"],
            AppSettings.Named.Where(n => n.StartsWith("Telemetry", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("EventHubConnection", AppSettings.Connections);
        Assert.All(AppSettings.Named, name => Assert.NotEmpty(settings[name]));
        Assert.All(AppSettings.Connections, connection =>
        {
            Assert.Equal("managedidentity", settings[connection + "__credential"]);
            Assert.NotEmpty(settings[connection + "__clientId"]);
            Assert.Contains(settings.Keys, k => k == connection + "__fullyQualifiedNamespace" || k == connection + "__accountName");
            Assert.DoesNotContain(connection, settings.Keys);
        });
        Assert.All(NotOnFlex, name => Assert.DoesNotContain(name, settings.Keys));
    }

    [Fact]
    public async Task Every_option_of_the_app_is_set_and_the_app_takes_all_of_them()
    {
        var settings = (await templates.ExpandAsync()).Settings;

        Assert.Contains("Storage__AccountName", AppSettings.Options);
        Assert.All(AppSettings.Options.Where(o => o != "Storage__ConnectionString"), option => Assert.Contains(option, settings.Keys));
        Assert.DoesNotContain("Storage__ConnectionString", settings.Keys);
        Assert.Empty(AppSettings.Problems(settings));
        Assert.Equal(TimeSpan.FromHours(72), TimeSpan.Parse(settings["Retention__Hub"], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_setting_that_the_app_would_refuse_is_found()
    {
        var settings = new Dictionary<string, string>((await templates.ExpandAsync()).Settings)
        {
            ["Baseline__HalfLifeDays"] = "-1",
            ["Telemetry__Format"] = "morse",
        };

        Assert.Equal(2, AppSettings.Problems(settings).Count);
    }

    [Theory]
    [InlineData(100, "4.04:00:00")]
    [InlineData(168, "7.00:00:00")]
    public async Task Rows_are_kept_for_as_long_as_the_hub_keeps_messages(int hours, string setting)
    {
        var deployment = await templates.ExpandAsync($"retentionHours = {hours}");

        Assert.Equal(setting, deployment.Settings["Retention__Hub"]);
        Assert.All(deployment.All("Microsoft.EventHub/namespaces/eventhubs"), hub =>
            Assert.Equal(hours, Deployment.At(hub, "properties.retentionDescription.retentionTimeInHours")!.GetValue<int>()));
    }

    [Fact]
    public async Task Of_hubs_that_were_there_before_the_retention_is_asked_and_only_what_we_need_is_added()
    {
        var deployment = await templates.ExpandAsync(
            "existingNamespaceName = 'evhns-corp'",
            "existingNamespaceResourceGroup = 'rg-corp'",
            "telemetryHub = 'windows'",
            "consumerGroup = 'hunt'");

        Assert.Contains("outputs.retentionHours", deployment.Settings["Retention__Hub"], StringComparison.Ordinal);
        Assert.Equal("evhns-corp.servicebus.windows.net", deployment.Settings["EventHubConnection__fullyQualifiedNamespace"]);
        Assert.Empty(deployment.All("Microsoft.EventHub/namespaces"));
        Assert.Equal(["detections"], deployment.Names("Microsoft.EventHub/namespaces/eventhubs"));
        Assert.Equal(
            "evhns-corp/windows/hunt",
            deployment.One("Microsoft.EventHub/namespaces/eventhubs/consumergroups")["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_setting_of_the_users_own_beats_the_default_but_never_the_wiring()
    {
        var settings = (await templates.ExpandAsync("appSettings = { Detections__Format: 'ecs', TelemetryHub: 'elsewhere' }")).Settings;

        Assert.Equal("ecs", settings["Detections__Format"]);
        Assert.Equal("telemetry", settings["TelemetryHub"]);
    }
}
