using System.Text.Json;
using Azure.Storage.Blobs;
using Changeling.Cli.Tests.Backtest;
using Changeling.Exceptions;
using Changeling.Findings;
using Changeling.Storage;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Exceptions;

/// <summary>An exception made from a finding that somebody has judged.</summary>
public sealed class FromFindingTests(AzuriteFixture azurite, BacktestFleet fleet) : IAsyncLifetime
{
    private static readonly string Sample = RepositoryRoot.Combine("samples", "detection.json");

    private readonly string _account = azurite.NewAccount();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BlobContainerClient Container =>
        new StorageClients(new StorageOptions { ConnectionString = _account }).Blobs().GetBlobContainerClient(JsonBlobs.Exceptions);

    public async ValueTask InitializeAsync() => await Container.CreateAsync(cancellationToken: Token);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task It_trusts_this_parent_program_and_command_line_for_a_time()
    {
        var finding = JsonDocument.Parse(await File.ReadAllTextAsync(Sample, Token)).RootElement;
        var id = finding.GetProperty("finding_info").GetProperty("uid").GetString()!;

        (await AddAsync(id, "--expires", "90d", "--on-host")).Succeeded();

        var item = await StoredAsync($"from-{id.Split('-')[0]}");
        Assert.Equal(("the web team", "a health check"), (item.Owner, item.Reason));
        Assert.Equal(TimeSpan.FromDays(90), item.Expires - item.Created);
        Assert.Contains(ExceptionItem.Incidents, item.Rules!);
        Assert.Contains("suspicious-high-probability", item.Rules!);
        Assert.Equal(
            ["process.parent.name=w3wp.exe", "process.name=cmd.exe", "process.command_line=\"C:\\Windows\\system32\\cmd.exe\" /c whoami",
                "host.name=web-0201.corp.example"],
            item.Conditions.Select(c => $"{c.Field}={c.Values.Single()}"));
        Assert.All(item.Conditions, c => Assert.Equal(ExceptionMatch.Exact, c.Type));
    }

    [Theory]
    [InlineData("an exception from a finding needs --expires")]
    [InlineData("'yesterday' is not a time to come", "--expires", "yesterday")]
    [InlineData("'2147483647d' is not a time to come within ten years", "--expires", "2147483647d")]
    [InlineData("'9999-01-01' is not a time to come within ten years", "--expires", "9999-01-01")]
    [InlineData("'2020-01-01' is not a time to come", "--expires", "2020-01-01")]
    public async Task Without_an_end_to_come_it_is_refused(string message, params string[] arguments)
    {
        var id = JsonDocument.Parse(await File.ReadAllTextAsync(Sample, Token)).RootElement.GetProperty("finding_info").GetProperty("uid");

        (await AddAsync(id.GetString()!, arguments)).FailedWith(message);
    }

    [Fact]
    public async Task It_is_tested_on_the_findings_of_an_earlier_run()
    {
        (await Terminal.RunAsync(fleet.Folder, "backtest", "fleet.jsonl", "--emit-after", "0", "--output", "kept.jsonl")).Succeeded();
        var launches = File.ReadLines(fleet.Folder["kept.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(m => m.GetProperty("class_uid").GetInt32() == 2004).ToList();
        var steps = fleet.Truth.Where(t => t.GetProperty("label").GetInt32() == 1)
            .Select(t => DetectionId.Of(t.GetProperty("identity").GetString()!).ToString()).ToHashSet();
        var id = launches.Select(m => m.GetProperty("finding_info").GetProperty("uid").GetString()!).First(steps.Contains);
        string[] add =
        [
            "exceptions", "add", "--from", id, "--in", "kept.jsonl", "--against", "kept.jsonl", "--owner", "a team", "--reason", "a test",
            "--expires", "1d", "--connection-string", _account,
        ];

        var known = await Terminal.RunAsync(fleet.Folder, [.. add, "--truth", "truth.jsonl", "--id", "another"]);
        var added = await Terminal.RunAsync(fleet.Folder, add);

        Assert.Contains(
            $" of {launches.Select(m => m.GetProperty("finding_info").GetProperty("uid").GetString()).Distinct().Count()} alerts",
            added.Succeeded().Output, StringComparison.Ordinal);
        known.FailedWith("another is refused", "true detections");
    }

    private Task<Outcome> AddAsync(string id, params string[] arguments) => Terminal.RunAsync(
        fleet.Folder,
        [
            "exceptions", "add", "--from", id, "--in", Sample, "--owner", "the web team", "--reason", "a health check", "--force",
            .. arguments, "--connection-string", _account,
        ]);

    private async Task<ExceptionItem> StoredAsync(string id)
    {
        var content = await Container.GetBlobClient($"{id}.json").DownloadContentAsync(Token);
        return ExceptionFile.ReadStored($"{id}.json", content.Value.Content.ToMemory().Span);
    }
}
