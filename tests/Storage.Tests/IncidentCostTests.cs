using System.Globalization;
using System.Text;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Findings;
using Changeling.Incidents;
using Changeling.Rules;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Storage.Tests;

/// <summary>What the timer of incidents asks of the table service at 32 event partitions: docs/scale.md has these numbers.</summary>
public sealed class IncidentCostTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int Partitions = 32;
    private const int RunsADay = 24 * 60;
    private static readonly string Doc = File.ReadAllText(RepositoryRoot.Combine("docs", "scale.md"));

    private readonly string _baseline = AzuriteFixture.UniqueName("cost");
    private readonly TableRequests _requests = new();
    private readonly string?[] _versions = new string?[Partitions];
    private int _commits;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private StorageClients Clients => new(new StorageOptions { ConnectionString = azurite.ConnectionString });

    private IncidentTable Table => new(_requests.Open(Clients), _requests.Open(Clients));

    [Fact]
    public async Task The_requests_of_a_run_are_those_of_the_document_and_do_not_grow_with_what_is_stored()
    {
        for (var i = 0; i < Partitions; i++) await CommitAsync(i, "svchost");
        var clusters = ClusterTable.Open(Clients);
        var window = ClockWindow.At(Some.Time);
        var evaluated = await clusters.CommitAsync(_baseline, new ClusterStep(null, new(window, null, window), [], []), Token);
        var owner = Owner();
        await RunAsync(owner);

        var quiet = await CostAsync(owner);
        await CommitAsync(0, "attack-1");
        await CommitAsync(1, "attack-2");
        var message = await CostAsync(owner);
        await clusters.CommitAsync(_baseline, new ClusterStep(evaluated, new(new(window.Number + 1), null, window), [], []), Token);
        var newWindow = await CostAsync(owner);
        var start = await CostAsync(Owner());
        await FillAsync();
        var filled = Owner();
        await RunAsync(filled);
        var full = await CostAsync(filled);

        Assert.Equal((quiet.Reads, 0), (full.Reads, full.Transactions));
        Assert.Equal(quiet.BytesRead, full.BytesRead, 2_000d);
        Assert.Equal(0, quiet.Transactions);
        Assert.Equal((quiet.Reads, 2), (message.Reads, message.Transactions));
        Assert.Equal((quiet.Reads + 1, 1), (newWindow.Reads, newWindow.Transactions));
        Assert.Equal((quiet.Reads + 1, 0), (start.Reads, start.Transactions));
        AssertDocumented("nothing is new", quiet.Reads);
        AssertDocumented("signals are new and one message is sent", message.Reads + message.Transactions);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"about {Math.Round(quiet.Reads * RunsADay / 1000.0)},000 requests a day"),
            Doc,
            StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync() => await Clients.CreateOnEmulatorAsync(Token);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void AssertDocumented(string run, int requests) => Assert.Contains(
        string.Create(CultureInfo.InvariantCulture, $"| {run} | {requests} |"), Doc, StringComparison.Ordinal);

    private (IncidentGathering Gathering, IncidentOutbox Outbox) Owner() => (
        new(Table, _baseline, DetectionFormat.Ocsf, AlertKind.Incidents),
        new(Table, new InMemoryDetectionHub(), _baseline));

    private static async Task RunAsync((IncidentGathering Gathering, IncidentOutbox Outbox) owner)
    {
        await owner.Gathering.RunAsync(RuleSet.Shipped, Token);
        await owner.Outbox.SendAsync(Token);
    }

    private async Task<TableCost> CostAsync((IncidentGathering Gathering, IncidentOutbox Outbox) owner)
    {
        var before = _requests.Count;
        await RunAsync(owner);
        return _requests.Count - before;
    }

    /// <summary>Hundreds of messages that were sent, and rows of other kinds beside the signals.</summary>
    private async Task FillAsync()
    {
        var table = IncidentTable.Open(Clients);
        for (var step = 0; step < 5; step++)
        {
            var (state, version) = (await table.ReadStateAsync(_baseline, Token))!.Value;
            var messages = Enumerable.Range(0, 90)
                .Select(i => new IncidentMessage(state.Messages + i, state.Clock, new byte[1_000]))
                .ToList();
            await table.CommitAsync(
                _baseline, new IncidentStep(version, state with { Messages = state.Messages + messages.Count }, [], messages), Token);
            await table.MarkSentAsync(_baseline, messages, Token);
        }

        for (var i = 0; i < 4; i++)
        {
            var rows = Enumerable.Range(0, 90)
                .Select(n => ("cmd.exe", new CountRow($"{n}.exe", LaunchCount.One, 1, Some.Time, Some.Time)))
                .ToList();
            await CommitAsync(i, null, rows);
        }
    }

    /// <summary>A commit of one event partition, with one signal.</summary>
    private async Task CommitAsync(int partition, string? name, IReadOnlyList<(string Parent, CountRow Row)>? launches = null)
    {
        var number = ++_commits;
        var position = new Position(0, number, 0);
        var result = await LineageTable.Open(Clients).CommitAsync(
            new BaselinePartition(_baseline, new EventPartition("telemetry", $"{partition}")),
            new BaselineCommit(
                _versions[partition], new Watermark(position, Some.Time, Some.Time.AddDays(-2)), launches ?? [], [])
            {
                Signals = name is null ? [] : [new(position, Some.Time, Encoding.UTF8.GetBytes(Signal(number, name)))],
            },
            Token);
        Assert.Equal(CommitOutcome.Committed, result.Outcome);
        _versions[partition] = result.Version;
    }

    /// <summary>A launch that is an attack by its name, or one that weighs nothing.</summary>
    private static string Signal(int number, string name) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        [{
          "uid": "00000000-0000-0000-0000-{{number:d12}}", "time": "{{Some.Time:O}}", "started": "{{Some.Time:O}}", "host": "ws-1",
          "process": { "name": "{{name}}.exe" }, "step": "{{number:x16}}", "rarity": 99,
          "probability": {{(name.StartsWith("attack", StringComparison.Ordinal) ? 0.999 : 0.002)}},
          "rules": [{ "id": "unusual-process-by-parent", "name": "Unusual Process Spawned by a Parent Process" }]
        }]
        """);
}
