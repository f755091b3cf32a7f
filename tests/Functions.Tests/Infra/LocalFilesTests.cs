using System.Text.Json;
using System.Text.RegularExpressions;
using Changeling.Functions.Tests.Package;
using Changeling.Storage;
using Changeling.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Changeling.Functions.Tests.Infra;

/// <summary>The files for a run on one's own machine: they name what the functions ask for, and hold no secret.</summary>
public partial class LocalFilesTests
{
    private static readonly Dictionary<string, string> Settings = Read("local.settings.example.json").GetProperty("Values")
        .EnumerateObject().ToDictionary(s => s.Name, s => s.Value.GetString()!);

    [Fact]
    public async Task The_settings_are_all_that_functions_and_app_need()
    {
        var files = FunctionFolders.OfTheSource.Select(f => File.ReadAllText(RepositoryRoot.Combine("src", "Functions", f, "function.json"))).ToList();
        var named = files.SelectMany(f => Named().Matches(f)).Select(m => m.Groups[1].Value).Distinct();

        Assert.All(named, name => Assert.Contains(name, Settings.Keys));
        await using var app = Program.Build(
            ["--FUNCTIONS_CUSTOMHANDLER_PORT=0", .. Settings.Where(s => s.Key.Contains("__", StringComparison.Ordinal)).Select(s => $"--{s.Key.Replace("__", ":", StringComparison.Ordinal)}={s.Value}")]);
        Assert.True(app.Services.GetRequiredService<IOptions<StorageOptions>>().Value.IsEmulator);
    }

    [Fact]
    public void The_emulator_has_the_hubs_and_the_consumer_group_of_the_settings()
    {
        var hubs = Read("emulator.json").GetProperty("UserConfig").GetProperty("NamespaceConfig")[0].GetProperty("Entities").EnumerateArray()
            .ToDictionary(e => e.GetProperty("Name").GetString()!, e => e.GetProperty("ConsumerGroups").EnumerateArray().Select(g => g.GetProperty("Name").GetString()).ToList());

        Assert.Contains(Settings["DetectionsHub"], hubs.Keys);
        Assert.Contains(Settings["TelemetryConsumerGroup"], hubs[Settings["TelemetryHub"]]);
    }

    [Theory]
    [InlineData("compose.yaml")]
    [InlineData("infra/local/local.settings.example.json")]
    [InlineData("docs/local.md")]
    public void No_key_is_written_down(string file)
    {
        var text = File.ReadAllText(RepositoryRoot.Combine(file.Split('/')));

        Assert.DoesNotMatch(@"AccountKey=[A-Za-z0-9+/]{20}", text);
        Assert.All(SharedKey().Matches(text), key => Assert.Equal("SAS_KEY_VALUE", key.Groups[1].Value));
    }

    private static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllBytes(RepositoryRoot.Combine("infra", "local", file))).RootElement;

    [GeneratedRegex("%([A-Za-z]+)%")]
    private static partial Regex Named();

    [GeneratedRegex(@"SharedAccessKey=([^;'""\s]+)")]
    private static partial Regex SharedKey();
}
