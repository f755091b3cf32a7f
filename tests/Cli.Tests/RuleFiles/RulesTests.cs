using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Changeling.Rules;
using Changeling.Storage;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.RuleFiles;

/// <summary><c>rules …</c> on a real emulator, each test in an account of its own.</summary>
public sealed class RulesTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Id = "unusual-process-by-host";

    private readonly Scratch _folder = new();
    private readonly string _account = azurite.NewAccount();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BlobServiceClient Blobs => new StorageClients(new StorageOptions { ConnectionString = _account }).Blobs();

    private BlobContainerClient Container => Blobs.GetBlobContainerClient(JsonBlobs.Rules);

    public async ValueTask InitializeAsync() => await Container.CreateAsync(cancellationToken: Token);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Without_files_the_shipped_rules_are_listed()
    {
        var listed = (await RunAsync("list")).Succeeded().Output;

        Assert.All(RuleSet.Shipped.Definitions, rule => Assert.Contains(rule.Id, listed, StringComparison.Ordinal));
        Assert.Contains(
            "thresholds: malicious as the model says, incident by the number of hosts (shipped)", listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_published_file_is_in_force_until_it_is_removed()
    {
        Write("change.json", $$"""{ "id": "{{Id}}", "mostPerHour": 7 }""");
        Write("t.json", """{ "id": "thresholds", "incident": 0.35 }""");

        var published = (await RunAsync("publish", "change.json", "t.json")).Succeeded().Output;

        Assert.Contains($"published {Id} as {Id}.json", published, StringComparison.Ordinal);

        Assert.Equal(7, (await ShownAsync(Id)).GetProperty("mostPerHour").GetInt32());
        Assert.Equal(0.35, (await ShownAsync("thresholds")).GetProperty("incident").GetDouble());
        var listed = (await RunAsync("list")).Succeeded().Output;
        Assert.Contains($"{Id}.json", listed, StringComparison.Ordinal);
        Assert.Contains("incident 0.35 (thresholds.json)", listed, StringComparison.Ordinal);

        (await RunAsync("remove", Id)).RefusedWith($"this deletes {Id}.json", "--yes");
        (await RunAsync("remove", Id, "--yes")).Succeeded();
        (await RunAsync("remove", Id, "--yes")).RefusedWith($"no stored file changes or adds '{Id}'");
        Assert.Equal(RuleSet.Shipped.Find(Id)!.MostPerHour, (await ShownAsync(Id)).GetProperty("mostPerHour").GetInt32());
    }

    [Fact]
    public async Task What_show_writes_is_a_file_of_the_same_rule()
    {
        Write("own.json", (await RunAsync("show", Id)).Succeeded().Output);

        (await RunAsync("publish", "own.json")).Succeeded();

        Assert.Equal(RuleSet.Shipped.Find(Id)!.Version, (await ShownAsync(Id)).GetProperty("version").GetString());
    }

    [Fact]
    public async Task A_rule_is_switched_off_and_on_and_keeps_its_other_changes()
    {
        Write("change.json", $$"""{ "id": "{{Id}}", "mostPerHour": 7 }""");
        await Container.GetBlobClient("a-name-of-its-own.json").UploadAsync(_folder["change.json"], Token);

        Assert.Contains($"{Id} is off; apps use this", (await RunAsync("disable", Id)).Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains($"{Id} is off already", (await RunAsync("disable", Id)).Succeeded().Output, StringComparison.Ordinal);

        var off = await ShownAsync(Id);
        Assert.Equal((false, 7), (off.GetProperty("enabled").GetBoolean(), off.GetProperty("mostPerHour").GetInt32()));
        (await RunAsync("enable", Id)).Succeeded();
        Assert.True((await ShownAsync(Id)).GetProperty("enabled").GetBoolean());
        var names = new List<string>();
        await foreach (var blob in Container.GetBlobsAsync(cancellationToken: Token)) names.Add(blob.Name);
        Assert.Equal(["a-name-of-its-own.json"], names);
    }

    [Fact]
    public async Task What_the_apps_refuse_is_not_published_and_is_listed_if_it_is_there()
    {
        Write("bad.json", $$"""{ "id": "{{Id}}", "mostPerHour": 0 }""");

        (await RunAsync("publish", "bad.json")).FailedWith("mostPerHour is 0, must be from 1 to 10000");
        Assert.Contains("\"mostPerHour\": 5", (await RunAsync("show", Id)).Succeeded().Output, StringComparison.Ordinal);

        await Container.GetBlobClient("bad.json").UploadAsync(_folder["bad.json"], Token);
        Assert.Contains("refused by the apps: rule file bad.json:", (await RunAsync("list")).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_somebody_else_has_changed_or_removed_since_is_not_replaced()
    {
        Write("change.json", $$"""{ "id": "{{Id}}", "mostPerHour": 7 }""");
        (await RunAsync("publish", "change.json")).Succeeded();
        var (blobs, name) = (new JsonBlobs(Blobs, JsonBlobs.Rules), $"{Id}.json");
        var read = (await blobs.ReadAsync(new Dictionary<string, JsonBlob>(), Token))[name];

        (await RunAsync("disable", Id)).Succeeded();

        Assert.False(await blobs.ReplaceAsync(name, "{}"u8.ToArray(), read, Token));
        var shown = await ShownAsync(Id);
        Assert.Equal((7, false), (shown.GetProperty("mostPerHour").GetInt32(), shown.GetProperty("enabled").GetBoolean()));
        await blobs.DeleteAsync(name, Token);
        Assert.False(await blobs.ReplaceAsync(name, "{}"u8.ToArray(), read, Token));
        Assert.False(await Container.GetBlobClient(name).ExistsAsync(Token));
    }

    [Fact]
    public async Task Many_that_switch_rules_at_the_same_time_lose_no_change()
    {
        string[] all = [Id, "unusual-process-by-user", "lolbin-by-unusual-parent"];

        await Task.WhenAll(all.Concat(all).Select(async id => (await RunAsync("disable", id)).Succeeded()));

        foreach (var id in all) Assert.False((await ShownAsync(id)).GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task A_file_that_is_too_large_for_the_apps_is_not_published()
    {
        Write("large.json", $$"""{ "id": "{{Id}}", "references": ["{{new string('x', (int)JsonBlobs.MaxBytes)}}"] }""");

        (await RunAsync("publish", "large.json")).RefusedWith("has more than 256 KB, which the apps do not read");
    }

    [Theory]
    [InlineData("show")]
    [InlineData("disable")]
    [InlineData("enable")]
    public async Task An_unknown_rule_is_an_error(string verb) =>
        (await RunAsync(verb, "no-such-rule")).RefusedWith("there is no rule 'no-such-rule'", "changeling rules list");

    [Fact]
    public async Task A_test_needs_no_account_and_says_what_a_file_is()
    {
        Write("change.json", $$"""{ "id": "{{Id}}", "enabled": false }""");
        Write("bad.json", """{ "id": "thresholds", "incident": 1 }""");

        var good = (await Terminal.RunAsync(_folder, "rules", "test", "change.json")).Succeeded().Output;

        Assert.Contains($"rule {Id} {RuleSet.Shipped.Find(Id)!.Version}+", good, StringComparison.Ordinal);
        Assert.Contains("is valid, off, without examples of its own", good, StringComparison.Ordinal);
        (await Terminal.RunAsync(_folder, "rules", "test", "change.json", "bad.json"))
            .FailedWith("incident is 1, must be from 0.05 to 0.99");
    }

    private async Task<JsonElement> ShownAsync(string id) =>
        JsonDocument.Parse((await RunAsync("show", id)).Succeeded().Output).RootElement;

    private void Write(string name, string json) => _folder.Write(name, Encoding.UTF8.GetBytes(json));

    private Task<Outcome> RunAsync(params string[] arguments) =>
        Terminal.RunAsync(_folder, ["rules", .. arguments, "--connection-string", _account]);
}
