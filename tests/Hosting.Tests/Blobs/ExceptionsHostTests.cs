using System.Diagnostics.Metrics;
using Azure.Storage.Blobs;
using Changeling.Exceptions;
using Changeling.Hosting.ExceptionFiles;
using Changeling.Hosting.Observing;
using Changeling.Hosting.RuleFiles;
using Changeling.Storage;
using Changeling.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Tests.Blobs;

/// <summary>Exceptions and host groups in a real container: added, broken, mended, removed while the app runs.</summary>
public sealed class ExceptionsHostTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly StorageClients _clients = new(new StorageOptions { ConnectionString = azurite.ConnectionString });
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddMetrics()
        .AddSingleton<PipelineMetrics>()
        .BuildServiceProvider();

    private readonly PollClock _time = new();
    private readonly PollClock _rulesTime = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private JsonBlobs Blobs => new(_clients.Blobs(), JsonBlobs.Exceptions);

    private BlobContainerClient Container => _clients.Blobs().GetBlobContainerClient(JsonBlobs.Exceptions);

    public async ValueTask InitializeAsync()
    {
        await Container.CreateIfNotExistsAsync();
        await _clients.Blobs().GetBlobContainerClient("rules-beside-exceptions").CreateIfNotExistsAsync();
        await foreach (var blob in Container.GetBlobsAsync()) await Container.DeleteBlobAsync(blob.Name);
    }

    public async ValueTask DisposeAsync()
    {
        await Container.DeleteIfExistsAsync();
        await _clients.Blobs().GetBlobContainerClient("rules-beside-exceptions").DeleteIfExistsAsync();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Items_and_groups_take_effect_a_bad_file_leaves_the_last_good_one_and_a_removed_one_nothing()
    {
        await PutAsync("bad.json", "{");
        using var rules = Rules();
        using var host = Host(rules);
        await rules.StartAsync(Token);
        Assert.False(host.Loaded.IsCompleted);
        await host.StartAsync(Token);

        await host.Loaded.WaitAsync(Token);
        Assert.Empty(host.Current.Items);

        await PutAsync("exc-1.json", Item("exc-1", "first"));
        await PutAsync(HostGroups.FileName, """{ "servers": ["ws-*"] }""");
        await _time.LookUntilAsync(() => Suppresses(host), Token);

        // One file under another's id, one broken: neither changes what is in force.
        await PutAsync("exc-1.json", Item("exc-1", ""));
        await PutAsync("other.json", Item("exc-1", "an impostor"));
        await PutAsync(HostGroups.FileName, """{ "servers": [] }""");
        await PutAsync("exc-2.json", Item("exc-2", "second").Replace("2999", "2026", StringComparison.Ordinal));
        await _time.LookUntilAsync(() => host.Current.Items.Count == 2, Token);
        Assert.Equal(["first", "second"], host.Current.Items.Select(i => i.Name));
        Assert.True(Suppresses(host));
        Assert.Equal(1, Expired());

        await Blobs.DeleteAsync("exc-1.json", Token);
        await _time.LookUntilAsync(() => host.Current.Items.Count == 1, Token);
        Assert.False(Suppresses(host));
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task An_item_for_a_rule_that_is_not_there_is_refused_until_it_is_and_disturbs_no_other()
    {
        await PutAsync(
            "exc-1.json", Item("exc-1", "first").Replace("\"owner\"", "\"rules\": [\"mine\"], \"owner\"", StringComparison.Ordinal));
        await PutAsync("exc-2.json", Item("exc-2", "second"));
        using var rules = Rules();
        using var host = Host(rules);
        await rules.StartAsync(Token);
        await host.StartAsync(Token);

        await host.Loaded.WaitAsync(Token);
        Assert.Equal(["second"], host.Current.Items.Select(i => i.Name));

        await RuleBlobs.WriteAsync("mine.json", System.Text.Encoding.UTF8.GetBytes(Mine), replaces: true, Token);
        await _rulesTime.LookAsync(Token);
        await _time.LookUntilAsync(() => host.Current.Items.Count == 2, Token);
        await host.StopAsync(Token);
        await rules.StopAsync(Token);
    }

    [Fact]
    public async Task An_item_for_incidents_takes_effect_like_one_for_a_rule()
    {
        await PutAsync(
            "exc-1.json", Item("exc-1", "first").Replace("\"owner\"", "\"rules\": [\"incidents\"], \"owner\"", StringComparison.Ordinal));
        using var rules = Rules();
        using var host = Host(rules);
        await rules.StartAsync(Token);
        await host.StartAsync(Token);

        await host.Loaded.WaitAsync(Token);

        Assert.Equal(["first"], host.Current.Items.Select(i => i.Name));
        await host.StopAsync(Token);
        await rules.StopAsync(Token);
    }

    [Fact]
    public async Task A_file_is_written_over_only_where_that_is_meant_and_read_again_only_when_it_changed()
    {
        Assert.True(await Blobs.WriteAsync("exc-9.json", "1"u8.ToArray(), replaces: false, Token));
        Assert.False(await Blobs.WriteAsync("exc-9.json", "2"u8.ToArray(), replaces: false, Token));
        Assert.True(await Blobs.WriteAsync("exc-9.json", "3"u8.ToArray(), replaces: true, Token));

        var read = await Blobs.ReadAsync(new Dictionary<string, JsonBlob>(), Token);
        Assert.Equal("3"u8.ToArray(), read["exc-9.json"].Content.ToArray());
        Assert.Same(read["exc-9.json"], (await Blobs.ReadAsync(read, Token))["exc-9.json"]);
        Assert.True(await Blobs.DeleteAsync("exc-9.json", Token));
        Assert.False(await Blobs.DeleteAsync("exc-9.json", Token));
    }

    private const string Mine = """
        {
          "id": "mine", "name": "Mine", "version": "1", "enabled": true, "severity": "low", "riskScore": 21, "analytic": "rule", "condition": { "malicious": true },
          "attack": [], "description": "d", "triage": ["t"], "references": [],
          "examples": [{ "say": "yes", "fires": true, "malicious": true }, { "say": "no", "fires": false }]
        }
        """;

    /// <summary>A container of its own: the tests of rule files use the other one.</summary>
    private JsonBlobs RuleBlobs => new(_clients.Blobs(), "rules-beside-exceptions");

    private RulesHost Rules() => new(
        _clients, RuleBlobs, Options.Create(new RulesOptions { PollInterval = TimeSpan.FromSeconds(1) }),
        _services.GetRequiredService<PipelineMetrics>(), _rulesTime, NullLogger<RulesHost>.Instance);

    private ExceptionsHost Host(RulesHost rules) => new(
        _clients, Blobs, rules, Options.Create(new ExceptionsOptions { PollInterval = TimeSpan.FromSeconds(1) }),
        _services.GetRequiredService<PipelineMetrics>(), _time, NullLogger<ExceptionsHost>.Instance);

    private static bool Suppresses(ExceptionsHost host) =>
        host.Current.Consult(Some.ProcessEvent(child: "odd.exe"), Some.Time, ["rule"], isSummed: false).Suppressed.Count > 0;

    private Task<bool> PutAsync(string name, string json) =>
        Blobs.WriteAsync(name, System.Text.Encoding.UTF8.GetBytes(json), replaces: true, Token);

    private static string Item(string id, string name) => $$"""
        {
          "id": "{{id}}", "name": "{{name}}", "owner": "ops", "reason": "a test", "created": "2026-01-01T00:00:00Z", "expires": "2999-01-02T00:00:00Z",
          "conditions": [{ "field": "process.name", "type": "exact", "values": ["odd.exe"] }, { "field": "host.group", "type": "exact", "values": ["servers"] }]
        }
        """;

    private static int Expired()
    {
        var seen = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished =
                (instrument, l) => { if (instrument.Name == "changeling.exceptions.expired") l.EnableMeasurementEvents(instrument); },
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => seen += value);
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;
    }
}
