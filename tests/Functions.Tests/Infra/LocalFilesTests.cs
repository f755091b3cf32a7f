using System.Text.Json;
using System.Text.RegularExpressions;
using Changeling.Storage;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.Infra;

/// <summary>The files for a run on one's own machine: they name what the functions ask for, and hold no secret.</summary>
public partial class LocalFilesTests
{
    private static readonly Dictionary<string, string> Settings = Read("local.settings.example.json").GetProperty("Values")
        .EnumerateObject().ToDictionary(s => s.Name, s => s.Value.GetString()!);

    [Fact]
    public void The_settings_are_all_that_functions_and_app_need()
    {
        Assert.All(AppSettings.Named.Concat(AppSettings.Connections), name => Assert.NotEmpty(Settings[name]));
        Assert.Empty(AppSettings.Problems(Settings));
        Assert.True(new StorageOptions { ConnectionString = Settings["Storage__ConnectionString"] }.IsEmulator);
    }

    [Fact]
    public void Settings_and_container_run_the_runtime_that_Azure_runs()
    {
        var runtime = Runtime().Match(File.ReadAllText(RepositoryRoot.Combine("infra", "app", "function-app.bicep")));
        var (name, version) = (runtime.Groups[1].Value, runtime.Groups[2].Value);
        var compose = File.ReadAllText(RepositoryRoot.Combine("compose.yaml"));

        Assert.Equal(("dotnet-isolated", "10.0"), (name, version));
        Assert.Equal(name, Settings["FUNCTIONS_WORKER_RUNTIME"]);
        Assert.Contains($"FUNCTIONS_WORKER_RUNTIME: {name}\n", compose, StringComparison.Ordinal);
        Assert.Contains($"image: mcr.microsoft.com/azure-functions/{name}:4-{name}{version}\n", compose, StringComparison.Ordinal);
    }

    [Fact]
    public void The_emulator_has_the_hubs_and_the_consumer_group_of_the_settings()
    {
        var hubs = Read("emulator.json")
            .GetProperty("UserConfig")
            .GetProperty("NamespaceConfig")[0]
            .GetProperty("Entities")
            .EnumerateArray()
            .ToDictionary(
                e => e.GetProperty("Name").GetString()!,
                e => e.GetProperty("ConsumerGroups").EnumerateArray().Select(g => g.GetProperty("Name").GetString()).ToList());

        Assert.Contains(Settings["DetectionsHub"], hubs.Keys);
        Assert.Contains(Settings["TelemetryConsumerGroup"], hubs[Settings["TelemetryHub"]]);
    }

    [Theory]
    [InlineData("compose.yaml")]
    [InlineData("infra/local/local.settings.example.json")]
    [InlineData("infra/siem/elastic/filebeat.yml")]
    [InlineData("infra/siem/splunk/inputs.conf")]
    [InlineData("docs/local.md")]
    [InlineData("docs/consuming.md")]
    public void No_key_is_written_down(string file)
    {
        var text = File.ReadAllText(RepositoryRoot.Combine(file.Split('/')));

        Assert.DoesNotMatch(@"AccountKey=[A-Za-z0-9+/]{20}", text);
        Assert.All(SharedKey().Matches(text), key => Assert.Equal("SAS_KEY_VALUE", key.Groups[1].Value));
    }

    private static JsonElement Read(string file) =>
        JsonDocument.Parse(File.ReadAllBytes(RepositoryRoot.Combine("infra", "local", file))).RootElement;

    [GeneratedRegex("runtime: { name: '([^']+)', version: '([^']+)' }")]
    private static partial Regex Runtime();

    [GeneratedRegex(@"SharedAccessKey=([^;'""\s]+)")]
    private static partial Regex SharedKey();
}
