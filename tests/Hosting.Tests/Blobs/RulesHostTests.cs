using Azure.Storage.Blobs;
using Changeling.Hosting.Observing;
using Changeling.Hosting.RuleFiles;
using Changeling.Storage;
using Changeling.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Tests.Blobs;

/// <summary>Rule files in a real container: changed, refused, mended, deleted while the app runs.</summary>
public sealed class RulesHostTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Strict = """{ "id": "unusual-process-by-parent", "condition": { "rarityAtLeast": 90 } }""";
    private readonly StorageClients _clients = new(new StorageOptions { ConnectionString = azurite.ConnectionString });
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddMetrics()
        .AddSingleton<PipelineMetrics>()
        .BuildServiceProvider();

    private readonly PollClock _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BlobContainerClient Container => _clients.Blobs().GetBlobContainerClient(JsonBlobs.Rules);

    public async ValueTask InitializeAsync()
    {
        await Container.CreateIfNotExistsAsync();
        await foreach (var blob in Container.GetBlobsAsync()) await Container.DeleteBlobAsync(blob.Name);
    }

    public async ValueTask DisposeAsync()
    {
        await Container.DeleteIfExistsAsync();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task A_changed_rule_takes_effect_a_bad_file_leaves_the_last_good_one_and_a_deleted_file_the_shipped_one()
    {
        string[] bad =
        [
            "{", """{"id":"suspicious-low-probability","attack":[null]}""", """{"id":"suspicious-low-probability","examples":[null]}""",
            """{"id":"suspicious-low-probability","id":"x"}""", """{"rules":[null]}""",
        ];
        foreach (var (i, json) in bad.Index())
            await Container.GetBlobClient($"a-bad-{i}.json").UploadAsync(BinaryData.FromString(json), Token);
        using var host = new RulesHost(
            _clients, new JsonBlobs(_clients.Blobs(), JsonBlobs.Rules),
            Options.Create(new RulesOptions { PollInterval = TimeSpan.FromSeconds(1), AttackVersion = "18.0" }),
            _services.GetRequiredService<PipelineMetrics>(), _time, NullLogger<RulesHost>.Instance);
        await host.StartAsync(Token);

        await _time.LookUntilAsync(() => host.IsLoaded, Token);
        Assert.Equal(("18.0", 75.0), (host.Current.Attack.Version, Rarity(host)));

        await Container.GetBlobClient("mine.json").UploadAsync(BinaryData.FromString(Strict), overwrite: true, Token);
        await _time.LookUntilAsync(() => Rarity(host) == 90, Token);
        var version = host.Current.Find("unusual-process-by-parent")!.Version;

        await Container.GetBlobClient("mine.json").UploadAsync(
            BinaryData.FromString(Strict.Replace("90", "900", StringComparison.Ordinal)), overwrite: true, Token);
        await Container.GetBlobClient("other.json").UploadAsync(
            BinaryData.FromString("""{ "id": "suspicious-low-probability", "enabled": true }"""), overwrite: true, Token);
        await _time.LookUntilAsync(() => host.Current.Find("suspicious-low-probability")!.Enabled, Token);
        Assert.Equal((90.0, version), (Rarity(host), host.Current.Find("unusual-process-by-parent")!.Version));

        await Container.GetBlobClient("thresholds.json").UploadAsync(
            BinaryData.FromString("""{ "id": "thresholds", "malicious": 0.8, "incident": 0.4 }"""), overwrite: true, Token);
        await _time.LookUntilAsync(() => host.Current.Thresholds.Malicious is not null, Token);
        Assert.Equal(new(0.8, 0.4), host.Current.Thresholds);
        Assert.Equal("18.0", host.Current.Attack.Version);

        await Container.DeleteBlobAsync("mine.json", cancellationToken: Token);
        await _time.LookUntilAsync(() => Rarity(host) == 75, Token);
        await host.StopAsync(Token);
    }

    private static double? Rarity(RulesHost host) => host.Current.Find("unusual-process-by-parent")!.Condition!.RarityAtLeast;
}
