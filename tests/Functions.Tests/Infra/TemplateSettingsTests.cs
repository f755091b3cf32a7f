using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Changeling.Functions.Tests.Package;
using Changeling.Storage;
using Changeling.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Changeling.Functions.Tests.Infra;

/// <summary>The templates against the app: what its functions and its options ask for, the deployment sets.</summary>
[Collection(nameof(Templates))]
public sealed partial class TemplateSettingsTests(Templates templates)
{
    /// <summary>Belong to <c>functionAppConfig</c> on Flex Consumption, which refuses or ignores them here.</summary>
    private static readonly string[] NotOnFlex = ["FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_EXTENSION_VERSION", "WEBSITE_RUN_FROM_PACKAGE", "AzureWebJobsStorage"];

    private static readonly string Source = RepositoryRoot.Combine("src", "Functions");

    [Fact]
    public async Task Every_setting_that_a_function_names_is_set()
    {
        var settings = (await templates.ExpandAsync()).Settings;
        var files = FunctionFolders.OfTheSource.Select(f => File.ReadAllText(Path.Combine(Source, f, "function.json"))).ToList();
        var named = files.SelectMany(f => Named().Matches(f)).Select(m => m.Groups[1].Value).Distinct().ToList();
        var connections = files.SelectMany(Connections).Append("AzureWebJobsStorage").Distinct().ToList();

        Assert.Contains("TelemetryHub", named);
        Assert.All(named, name => Assert.NotEmpty(settings[name]));
        Assert.All(connections, connection =>
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
        var options = Options().ToList();

        Assert.Contains("Storage__AccountName", options);
        Assert.All(options.Where(o => o != "Storage__ConnectionString"), option => Assert.Contains(option, settings.Keys));
        Assert.DoesNotContain("Storage__ConnectionString", settings.Keys);
        string[] args = [.. settings.Where(s => options.Contains(s.Key)).Select(s => $"--{s.Key.Replace("__", ":", StringComparison.Ordinal)}={s.Value}")];

        await using var app = Program.Build(["--FUNCTIONS_CUSTOMHANDLER_PORT=0", .. args]);

        Assert.Equal(TimeSpan.FromHours(72), app.Services.GetRequiredService<IOptions<RetentionOptions>>().Value.Hub);
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
        var deployment = await templates.ExpandAsync("existingNamespaceName = 'evhns-corp'", "existingNamespaceResourceGroup = 'rg-corp'", "telemetryHub = 'windows'", "consumerGroup = 'hunt'");

        Assert.Contains("outputs.retentionHours", deployment.Settings["Retention__Hub"], StringComparison.Ordinal);
        Assert.Equal("evhns-corp.servicebus.windows.net", deployment.Settings["EventHubConnection__fullyQualifiedNamespace"]);
        Assert.Empty(deployment.All("Microsoft.EventHub/namespaces"));
        Assert.Equal(["detections"], deployment.Names("Microsoft.EventHub/namespaces/eventhubs"));
        Assert.Equal("evhns-corp/windows/hunt", deployment.One("Microsoft.EventHub/namespaces/eventhubs/consumergroups")["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_setting_of_the_users_own_beats_the_default_but_never_the_wiring()
    {
        var settings = (await templates.ExpandAsync("appSettings = { Detections__Format: 'ecs', TelemetryHub: 'elsewhere' }")).Settings;

        Assert.Equal("ecs", settings["Detections__Format"]);
        Assert.Equal("telemetry", settings["TelemetryHub"]);
    }

    private static IEnumerable<string> Options() => typeof(PipelineOptions).Assembly.GetTypes().Append(typeof(StorageOptions))
        .Select(type => (Type: type, Section: type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string))
        .Where(t => t.Section is not null)
        .SelectMany(t => t.Type.GetProperties().Where(p => p.CanWrite).Select(p => $"{t.Section}__{p.Name}"));

    private static IEnumerable<string> Connections(string functionFile)
    {
        using var file = JsonDocument.Parse(functionFile);
        return [.. file.RootElement.GetProperty("bindings").EnumerateArray()
            .Where(b => b.TryGetProperty("connection", out _))
            .Select(b => b.GetProperty("connection").GetString()!)];
    }

    [GeneratedRegex("%([A-Za-z]+)%")]
    private static partial Regex Named();
}
