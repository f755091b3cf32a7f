using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Changeling.Cli.Tests.Backtest;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Storage;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Exceptions;

/// <summary><c>exceptions …</c> where an item is for the rules on clusters.</summary>
public sealed partial class ClusterExceptionsTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string ByHost = "suspicious-cluster-by-host";
    private const string OfHost = """{ "field": "host.name", "type": "exact", "values": ["ws-bad"] }""";
    private static readonly ClockWindow Window = ClockWindow.At(Some.Time);

    private readonly Scratch _folder = new();
    private readonly string _account = azurite.NewAccount();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private StorageClients Clients => new(new StorageOptions { ConnectionString = _account });

    private BlobContainerClient Container => Clients.Blobs().GetBlobContainerClient(JsonBlobs.Exceptions);

    public async ValueTask InitializeAsync()
    {
        await Clients.CreateOnEmulatorAsync(Token);
        _folder.Write("events.jsonl", ClusterHistory.Events());
        _folder.Write("truth.jsonl", ClusterHistory.Truth());
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_test_shows_the_clusters_that_an_item_hides_true_ones_first()
    {
        Item("build", OfHost);

        var output = (
            await Terminal.RunAsync(
                _folder,
                "exceptions",
                "test",
                "build.json",
                "events.jsonl",
                "--truth",
                "truth.jsonl",
                "--emit-after",
                "1")).Succeeded().Output;

        Assert.Contains(
            $"hides a true detection: {ClusterHistory.Chain}, cluster of host ws-bad, {ByHost}", output, StringComparison.Ordinal);
        Assert.Equal(1, Hidden(output));
        Assert.Matches($@"{ByHost} +│ 1 ", output);
        Assert.Matches("cluster of host ws-bad +│ 1 ", output);
    }

    [Fact]
    public async Task An_item_for_all_rules_hides_the_clusters_that_it_leaves_too_few_launches_for()
    {
        const string launches = """{ "field": "process.parent.executable", "type": "exact", "values": ["C:\\Windows\\explorer.exe"] }""";
        Item("all", launches, rules: "");
        Item("one", launches, rules: "\"suspicious-high-probability\"");

        var all =
            (await Terminal.RunAsync(_folder, "exceptions", "test", "all.json", "events.jsonl", "--emit-after", "1")).Succeeded().Output;
        var one =
            (await Terminal.RunAsync(_folder, "exceptions", "test", "one.json", "events.jsonl", "--emit-after", "1")).Succeeded().Output;

        Assert.Matches($@"{ByHost} +│ 1 ", all);
        Assert.Equal(All(all), Hidden(all));
        Assert.DoesNotContain("cluster", one.Replace("lineage or cluster", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_item_of_the_account_hides_already_is_nothing_that_another_one_hides()
    {
        Item("build", OfHost);
        Item("again", OfHost);

        var first =
            (await RunAsync("add", "build.json", "--against", "events.jsonl", "--emit-after", "1", "--most", "1")).Succeeded().Output;
        var second = (await RunAsync("add", "again.json", "--against", "events.jsonl", "--emit-after", "1")).Succeeded().Output;

        Assert.Equal((1, 0), (Hidden(first), Hidden(second)));
        Assert.Equal(All(first) - 1, All(second));
    }

    [Fact]
    public async Task An_item_that_asks_a_cluster_for_what_it_never_has_is_refused_and_said_to_never_hold()
    {
        const string more = $$"""{{OfHost}}, { "field": "process.name", "type": "exact", "values": ["cl.exe"] }""";
        Item("build", more);
        await Container.GetBlobClient("build.json").UploadAsync(BinaryData.FromString(Text("build", more)), Token);
        await Container.GetBlobClient("mixed.json").UploadAsync(
            BinaryData.FromString(Text("mixed", more, $"\"{ByHost}\", \"lolbin-by-unusual-parent\"")), Token);

        const string says = "a cluster by host has no process.name, only host.name and host.group";
        (await RunAsync("add", "build.json", "--force", "--replace")).RefusedWith("build can never match", says);
        (await Terminal.RunAsync(_folder, "exceptions", "test", "build.json", "events.jsonl")).RefusedWith("build can never match", says);
        var listed = Spaces().Replace((await RunAsync("list")).Succeeded().Output, " ");

        Assert.Contains($"build never matches: {says}", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("mixed never matches", listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stats_add_what_an_exception_did_to_clusters_and_show_writes_the_suppressed_ones()
    {
        var baseline = AzuriteFixture.UniqueName("clusters");
        await Container.GetBlobClient("build.json").UploadAsync(BinaryData.FromString(Text("build", OfHost)), Token);
        var partition = new BaselinePartition(baseline, new EventPartition("telemetry", "0"));
        await LineageTable.Open(Clients).CommitAsync(
            partition,
            new BaselineCommit(
                null,
                new Watermark(new Position(0, 1, 0), Some.Time, Some.Time),
                [],
                [])
            { Exceptions = [new("build", 3, Some.Time, 1, Some.Time)] },
            Token);
        var (mine, others, sent) = (Detection("build", "ws-1", true), Detection("other", "ws-2", true), Detection("build", "ws-3", false));
        var step = new ClusterStep(null, new ClusterState(Window, null, Window), [], [mine, others, sent])
        {
            Exceptions = [new("build", 4, Window.End, 2, Window.End), new("gone", 1, Window.End, 0, null)],
        };
        Assert.NotNull(await ClusterTable.Open(Clients).CommitAsync(baseline, step, Token));

        var stats = (await RunAsync("stats", "--baseline", baseline)).Succeeded().Output;
        var shown = (await RunAsync("show", "build", "--baseline", baseline)).Succeeded().Output;

        Assert.Matches(
            @$"build +│ in force │ 7 +│ {Window.End.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} │ 3 ",
            stats);
        Assert.Matches(@"gone +│ removed +│ 1 ", stats);
        Assert.DoesNotContain("never hit", stats, StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetString(mine.Body.Span), shown.TrimEnd());
    }

    private static ClusterDetection Detection(string id, string host, bool isSuppressed) => new(
        Window, ByHost, host,
        Encoding.UTF8.GetBytes(
            """{"evidences":[{"data":{"exceptions":{"consulted":1,"near":[],"matched":{"id":"ID"}}}}]}"""
                .Replace("ID", id, StringComparison.Ordinal)))
    {
        IsSuppressed = isSuppressed,
    };

    private void Item(string id, string conditions, string rules = $"\"{ByHost}\"") =>
        _folder.Write($"{id}.json", Encoding.UTF8.GetBytes(Text(id, conditions, rules)));

    /// <summary>An item; without rules it is for all.</summary>
    private static string Text(string id, string conditions, string rules = $"\"{ByHost}\"") =>
        $$"""{ "id": "{{id}}", "name": "Name", "owner": "it", "reason": "a test", {{(rules.Length == 0 ? "" : $"\"rules\": [{rules}],")}} "created": "2020-01-01T00:00:00Z", "conditions": [{{conditions}}] }""";

    private Task<Outcome> RunAsync(string verb, params string[] arguments) =>
        Terminal.RunAsync(_folder, ["exceptions", verb, .. arguments, "--connection-string", _account]);

    private static int Hidden(string output) =>
        int.Parse(Share().Match(output).Groups["hidden"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static int All(string output) =>
        int.Parse(Share().Match(output).Groups["all"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"would have hidden (?<hidden>[\d,]+) of (?<all>[\d,]+) alerts")]
    private static partial Regex Share();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
