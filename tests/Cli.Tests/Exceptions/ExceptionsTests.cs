using System.Text;
using Azure.Storage.Blobs;
using Changeling.Cli.Tests.Backtest;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Storage;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Exceptions;

/// <summary><c>exceptions …</c> on a real emulator, each test in an account of its own.</summary>
public sealed class ExceptionsTests(AzuriteFixture azurite, BacktestFleet fleet) : IAsyncLifetime
{
    private const string Narrow =
        """{ "field": "process.name", "type": "exact", "values": ["never-seen.exe"] }, { "field": "user.name", "type": "exact", "values": ["nobody"] }""";
    private const string Wide = """{ "field": "process.name", "type": "wildcard", "values": ["*.exe"] }""";

    private readonly string _account = azurite.NewAccount();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private StorageClients Clients => new(new StorageOptions { ConnectionString = _account });

    private BlobContainerClient Container => Clients.Blobs().GetBlobContainerClient(JsonBlobs.Exceptions);

    public async ValueTask InitializeAsync() => await Container.CreateAsync(cancellationToken: Token);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_exception_is_added_when_it_was_tried_and_listed_and_removed()
    {
        Item("narrow", Narrow);

        (await RunAsync("add", "narrow.json")).RefusedWith("narrow was not tested", "--against", "--force");
        var added = (await RunAsync("add", "narrow.json", "--against", "fleet.jsonl", "--emit-after", "6")).Succeeded().Output;
        Assert.Contains("narrow would have hidden 0 of", added, StringComparison.Ordinal);
        Assert.Contains("added narrow", added, StringComparison.Ordinal);
        (await RunAsync("add", "narrow.json", "--force")).RefusedWith("an exception with the id narrow exists already", "--replace");
        (await RunAsync("add", "narrow.json", "--force", "--replace")).Succeeded();

        var listed = (await RunAsync("list")).Succeeded().Output;
        Assert.Contains("process.name = never-seen.exe and user.name = nobody", listed, StringComparison.Ordinal);
        Assert.Contains("in force", listed, StringComparison.Ordinal);

        (await RunAsync("remove", "narrow")).RefusedWith("this deletes the exception narrow", "--yes");
        (await RunAsync("remove", "narrow", "--yes")).Succeeded();
        (await RunAsync("remove", "narrow", "--yes")).RefusedWith("there is no exception 'narrow'");
        Assert.Contains("there are no exceptions", (await RunAsync("list")).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_hides_too_much_or_true_detections_is_refused_without_force()
    {
        Item("wide", Wide);

        (await RunAsync("add", "wide.json", "--against", "fleet.jsonl", "--emit-after", "6"))
            .FailedWith("wide is refused", "100.0 % of the alerts", "25 % are allowed");
        (await RunAsync("add", "wide.json", "--against", "fleet.jsonl", "--emit-after", "6", "--truth", "truth.jsonl", "--most", "1"))
            .FailedWith("wide is refused", "true detections");
        Assert.Empty(await NamesAsync());

        (await RunAsync("add", "wide.json", "--against", "fleet.jsonl", "--emit-after", "6", "--force")).Succeeded();
        Assert.Equal(["wide.json"], await NamesAsync());

        // What is hidden already is nothing that another one hides.
        Item("again", Wide);
        (await RunAsync("add", "again.json", "--against", "fleet.jsonl", "--emit-after", "6")).FailedWith("the history has no alerts");
    }

    [Fact]
    public async Task What_the_apps_would_refuse_or_never_hold_is_refused_here_too()
    {
        Item("expired", Narrow, """ "expires": "2021-01-01T00:00:00Z", """);
        Item(
            "grouped",
            """{ "field": "host.group", "type": "exact", "values": ["servers"] }, { "field": "process.name", "type": "exact", "values": ["a.exe"] }""");
        fleet.Folder.Write("bad.json", """{ "id": "bad" }"""u8);
        fleet.Folder.Write(
            "odd.json", Encoding.UTF8.GetBytes(Text("odd", """{ "field": "process.name", "type": "regex", "values": ["a"] }""")));

        (await RunAsync("add", "expired.json", "--force")).RefusedWith("expired has expired already");
        (await RunAsync("add", "grouped.json", "--force")).RefusedWith("grouped names host group 'servers'", "groups.json");
        (await RunAsync("add", "bad.json", "--force")).RefusedWith("bad.json", "lacks name, owner, reason, conditions, created");
        (await RunAsync("add", "odd.json", "--force")).RefusedWith("odd.json", "conditions[0].type", "take exact, prefix or wildcard");
        (await RunAsync("add", "missing.json", "--force")).RefusedWith("missing.json does not exist");
        Assert.Empty(await NamesAsync());

        await Container.GetBlobClient("groups.json").UploadAsync(BinaryData.FromString("""{ "servers": ["srv-*"] }"""), Token);
        (await RunAsync("add", "grouped.json", "--force")).Succeeded();
        await Container.GetBlobClient("broken.json").UploadAsync(BinaryData.FromString("{"), Token);
        Assert.Contains(
            "refused by the apps: exception file broken.json", (await RunAsync("list")).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stats_sum_all_partitions_and_name_what_expired_or_was_never_hit()
    {
        var baseline = AzuriteFixture.UniqueName("stats");
        await Clients.CreateOnEmulatorAsync(Token);
        await Container.GetBlobClient("hit.json").UploadAsync(BinaryData.FromString(Text("hit", Narrow)), Token);
        await Container.GetBlobClient("idle.json").UploadAsync(
            BinaryData.FromString(Text("idle", Narrow, """ "expires": "2021-01-01T00:00:00Z", """)), Token);
        await CountAsync(baseline, "0", new("hit", 3, Some.Time, 1, Some.Time), new("gone", 7, Some.Time, 0, null));
        await CountAsync(baseline, "1", new ExceptionCount("hit", 2, Some.Time.AddHours(1), 0, null));

        var output = (await RunAsync("stats", "--baseline", baseline)).Succeeded().Output;

        Assert.Matches(@"hit +│ in force │ 5 +│ 2026-11-03 10:14:27 │ 1 ", output);
        Assert.Matches(@"gone +│ removed +│ 7 ", output);
        Assert.Contains("expired, to be renewed or removed: idle", output, StringComparison.Ordinal);
        Assert.Contains("never hit: idle", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_exception_suppressed_is_shown_as_it_is_stored()
    {
        var baseline = AzuriteFixture.UniqueName("show");
        await Clients.CreateOnEmulatorAsync(Token);
        var suppressed = Finding("hit", 1);
        var older = suppressed with
        {
            Position = new Position(0, 4, 0),
            Body = """{"evidences":[{"data":{"exceptions":{"consulted":1,"near":[],"matched":{"id":"hit"}}}}]}"""u8.ToArray(),
        };
        StoredDetection[] stored =
        [
            suppressed, Finding("other", 2), suppressed with { Position = new Position(0, 3, 0), IsSuppressed = false }, older,
        ];
        var watermark = new Watermark(new Position(0, 4, 0), Some.Time, Some.Time);
        await LineageTable.Open(Clients).CommitAsync(
            new BaselinePartition(baseline, new EventPartition("telemetry", "0")), new BaselineCommit(null, watermark, [], stored), Token);

        var output = (await RunAsync("show", "hit", "--baseline", baseline)).Succeeded().Output;

        Assert.Equal(
            [Encoding.UTF8.GetString(older.Body.Span), Encoding.UTF8.GetString(suppressed.Body.Span)], output.TrimEnd().Split('\n'));
    }

    private static StoredDetection Finding(string id, long number) => new(
        new Position(0, number, 0), "rule",
        Encoding.UTF8.GetBytes(
            """{"evidences":[{"data":{"rules":[{"id":"a"},{"id":"b","exceptions":{"consulted":1,"near":[],"matched":{"id":"ID"}}}]}}]}"""
                .Replace("ID", id, StringComparison.Ordinal)))
    {
        IsSuppressed = true,
    };

    private async Task CountAsync(string baseline, string partition, params ExceptionCount[] counts)
    {
        var watermark = new Watermark(new Position(0, 1, 0), Some.Time, Some.Time);
        var result = await LineageTable.Open(Clients).CommitAsync(
            new BaselinePartition(baseline, new EventPartition("telemetry", partition)),
            new BaselineCommit(null, watermark, [], []) { Exceptions = counts }, Token);
        Assert.Equal(CommitOutcome.Committed, result.Outcome);
    }

    private void Item(string id, string conditions, string more = "") =>
        fleet.Folder.Write($"{id}.json", Encoding.UTF8.GetBytes(Text(id, conditions, more)));

    private static string Text(string id, string conditions, string more = "") =>
        $$"""{ "id": "{{id}}", "name": "Name", "owner": "it", "reason": "a test", {{more}} "created": "2020-01-01T00:00:00Z", "conditions": [{{conditions}}] }""";

    private Task<Outcome> RunAsync(string verb, params string[] arguments) =>
        Terminal.RunAsync(fleet.Folder, ["exceptions", verb, .. arguments, "--connection-string", _account]);

    private async Task<List<string>> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var blob in Container.GetBlobsAsync(cancellationToken: Token)) names.Add(blob.Name);
        return names;
    }
}
