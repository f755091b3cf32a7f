using Azure.Data.Tables;
using Changeling.Counts;
using Changeling.Operations;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Storage.Tests;

public sealed class InMemoryIncidentStoreTests : IncidentStoreContract
{
    private readonly InMemoryBaselineStore _counts = new();
    private readonly InMemoryClusterStore _clusters;
    private readonly InMemoryIncidentStore _store;

    public InMemoryIncidentStoreTests()
    {
        _clusters = new InMemoryClusterStore(_counts, () => [Partition]);
        _store = new InMemoryIncidentStore(_counts, _clusters);
    }

    protected override IIncidentStore Store => _store;

    protected override IBaselineStore Counts => _counts;

    protected override IClusterStore Clusters => _clusters;
}

public sealed class IncidentTableTests(AzuriteFixture azurite) : IncidentStoreContract, IAsyncLifetime
{
    private StorageClients Clients => new(new StorageOptions { ConnectionString = azurite.ConnectionString });

    private TableClient Rows => Clients.Tables().GetTableClient(LineageTable.TableName);

    /// <summary>Azurite takes what the service refuses, so the strict client looks first.</summary>
    protected override IIncidentStore Store => new IncidentTable(
        Rows,
        new StrictTableClient(
            Clients.Tables(new TableClientOptions { Retry = { MaxRetries = 0 } }).GetTableClient(LineageTable.TableName)));

    protected override IBaselineStore Counts => LineageTable.Open(Clients);

    protected override IClusterStore Clusters => ClusterTable.Open(Clients);

    [Fact]
    public async Task A_step_whose_answer_is_lost_was_applied_and_its_outcome_is_unknown()
    {
        var lost = await new IncidentTable(Rows, new LostAnswers(Rows)).CommitAsync(Baseline, Step(null, Message(0)), Token);

        Assert.Null(lost);
        Assert.Single(await Store.UnsentAsync(Baseline, 10, Token));
    }

    [Fact]
    public async Task Marks_whose_answer_is_lost_may_be_set_again()
    {
        await Store.CommitAsync(Baseline, Step(null, Message(0), Message(1)), Token);
        var waiting = await Store.UnsentAsync(Baseline, 10, Token);

        var lossy = new IncidentTable(new LostAnswers(Rows), Rows);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => lossy.MarkSentAsync(Baseline, waiting, Token));
        await Store.MarkSentAsync(Baseline, waiting, Token);

        Assert.Equal(["message|0000000000000000000", "message|0000000000000000001", "watermark"], await KeysAsync());
    }

    [Fact]
    public async Task The_sweep_takes_old_rows_and_sent_messages_by_the_clock_of_incidents_and_never_one_that_waits()
    {
        IncidentRow Named(string name) => new(IncidentRowKind.Incident, name, Bytes("{}"));
        var old = Some.Time.AddDays(-91);
        var version = await Store.CommitAsync(
            Baseline,
            Step(null, Message(0) with { Time = old }, Message(1) with { Time = old }) with
            {
                Rows = [Named("old"), Named("grown")],
                Next = State(2) with { Clock = old },
            },
            Token);
        await Store.CommitAsync(Baseline, Step(version, Message(2)) with { Rows = [Named("grown")] }, Token);
        var waiting = await Store.UnsentAsync(Baseline, 10, Token);
        await Store.MarkSentAsync(Baseline, [waiting[0], waiting[2]], Token);

        var outcome = await SweepAsync();

        Assert.Equal((4, 2, true), (outcome.Rows, outcome.Deleted, outcome.IsDone));
        Assert.Equal(
            ["message|0000000000000000002", "row|incident|grown", "sweep", "unsent|0000000000000000001", "watermark"], await KeysAsync());
    }

    [Fact]
    public async Task The_sweep_takes_signals_two_days_behind_the_clock_of_their_partition()
    {
        var kept = new StoredSignals(new(0, 2, 0), Some.Time - StoredSignals.Kept, Bytes("{}"));
        var gone = new StoredSignals(new(0, 1, 0), kept.EnqueuedTime.AddTicks(-1), Bytes("{}"));
        await CommitAsync(null, new(0, 2, 0), gone, kept);

        await SweepAsync();

        var name = TableKeys.Partition(Partition);
        Assert.Equal(kept.First, Assert.Single(await Store.SignalsAsync(name, null, 10, Token)).First);
    }

    [Fact]
    public async Task To_forget_a_host_takes_its_rows_and_sent_messages_and_keeps_and_counts_those_that_wait()
    {
        const string named = """{"members":[{"host":"web-0201.corp"}]}""", other = """{"members":[{"host":"web-02011"}]}""";
        IncidentRow[] rows =
        [
            new(IncidentRowKind.Incident, "a", Bytes(named)),
            new(IncidentRowKind.Incident, "b", Bytes(other)),
            new(IncidentRowKind.Habits, "c", Bytes("web-0201")),
        ];
        IncidentMessage[] messages = [.. new[] { named, other, named }.Select((body, i) => Message(i) with { Body = Bytes(body) })];
        var version = await Store.CommitAsync(Baseline, Step(null, messages) with { Rows = rows }, Token);
        await Store.MarkSentAsync(Baseline, messages[..2], Token);

        var dry = await ForgetAsync(isDryRun: true);
        var done = await ForgetAsync(isDryRun: false);
        var again = await ForgetAsync(isDryRun: false);

        Assert.Equal([new Forgotten(1, 1, 1), new Forgotten(1, 1, 1), new Forgotten(0, 0, 1)], [dry, done, again]);
        Assert.Equal(
            ["message|0000000000000000001", "row|habits|c", "row|incident|b", "unsent|0000000000000000002", "watermark"],
            await KeysAsync());

        // A run of the timer that read the rows before cannot write them back.
        Assert.Null(await Store.CommitAsync(Baseline, Step(version) with { Rows = rows }, Token));
    }

    [Fact]
    public async Task A_row_that_a_newer_program_has_written_is_left_alone()
    {
        await Store.CommitAsync(Baseline, Step(null), Token);
        var newer = new TableEntity(TableKeys.Incidents(Baseline), TableKeys.Watermark)
        {
            ["SchemaVersion"] = Watermark.SchemaVersion + 1,
        };
        await Rows.UpsertEntityAsync(newer, TableUpdateMode.Merge, Token);

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.ReadStateAsync(Baseline, Token));

        Assert.Contains("deploy the newer program", refusal.Message, StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync() => await Clients.CreateOnEmulatorAsync(Token);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<Forgotten> ForgetAsync(bool isDryRun) =>
        IncidentTable.Open(Clients).ForgetAsync(Baseline, new NamedIn("web-0201", isHost: true), isDryRun, Token);

    private Task<SweepOutcome> SweepAsync() =>
        new BaselineSweep(SweepTable.Open(Clients), new SweepPolicy(new HalfLife(30), TimeSpan.FromDays(90), TimeSpan.FromDays(7)))
            .RunAsync(Baseline, 1000, Token);

    private async Task<List<string>> KeysAsync() => await Rows
        .QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.Incidents(Baseline)}"), cancellationToken: Token)
        .Select(e => e.RowKey)
        .ToListAsync(Token);
}
