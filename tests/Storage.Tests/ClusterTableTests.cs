using System.Text;
using Azure;
using Azure.Data.Tables;
using Changeling.Counts;
using Changeling.Operations;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Storage.Tests;

public sealed class InMemoryClusterStoreTests : ClusterStoreContract
{
    private readonly InMemoryBaselineStore _counts = new();
    private readonly InMemoryClusterStore _store;

    public InMemoryClusterStoreTests() => _store = new InMemoryClusterStore(_counts, () => [Partition]);

    protected override IClusterStore Store => _store;

    protected override IBaselineStore Counts => _counts;

    protected override Task<IReadOnlyList<ClusterDetection>> SuppressedAsync() => Task.FromResult(_store.Suppressed);
}

public sealed class ClusterTableTests(AzuriteFixture azurite) : ClusterStoreContract, IAsyncLifetime
{
    private StorageClients Clients => new(new StorageOptions { ConnectionString = azurite.ConnectionString });

    private TableClient Rows => Clients.Tables().GetTableClient(LineageTable.TableName);

    /// <summary>Azurite takes what the service refuses, so the strict client looks first.</summary>
    protected override IClusterStore Store => Table;

    protected override IBaselineStore Counts => LineageTable.Open(Clients);

    private ClusterTable Table => new(
        Rows,
        new StrictTableClient(
            Clients.Tables(new TableClientOptions { Retry = { MaxRetries = 0 } }).GetTableClient(LineageTable.TableName)));

    [Fact]
    public async Task A_suppressed_detection_is_marked_as_those_of_launches_are_and_as_emitted_from_the_start()
    {
        await Store.CommitAsync(Baseline, Step(null, Detection("build01", true), Detection("build02", false)), Token);

        var (hidden, sent) = (await RowAsync("build01"), await RowAsync("build02"));

        Assert.Equal((true, true), (hidden.GetBoolean("Suppressed"), hidden.GetBoolean("Emitted")));
        Assert.Equal((null, false), (sent.GetBoolean("Suppressed"), sent.GetBoolean("Emitted")));
    }

    [Fact]
    public async Task A_full_step_of_detections_and_counts_is_one_transaction()
    {
        var counts = Enumerable.Range(0, BaselineCommit.MaxRows - 1)
            .Select(i => new ExceptionCount($"e-{i:00}", i, Window.End, 0, null))
            .ToList();

        Assert.NotNull(await Store.CommitAsync(Baseline, Step(null, Detection("build01", true)) with { Exceptions = counts }, Token));

        Assert.Equal(counts, await ClusterRows.Open(Clients).ExceptionsAsync(Baseline, Token));
    }

    [Fact]
    public async Task Operators_read_the_newest_suppressed_detections_that_they_want()
    {
        var all = Enumerable.Range(0, 5)
            .Select(i => Detection("build01", i != 4) with { Window = new(Window.Number + i), Body = Encoding.UTF8.GetBytes($"{i}") })
            .ToArray();
        await Store.CommitAsync(Baseline, Step(null, all), Token);

        var read = await ClusterRows.Open(Clients).SuppressedAsync(Baseline, body => body.Span[0] != (byte)'2', 2, Token);

        Assert.Equal(["3", "1"], read.Select(body => Encoding.UTF8.GetString(body.Span)));
    }

    [Fact]
    public async Task To_forget_a_host_takes_its_suppressed_detections_and_leaves_the_counts()
    {
        var named = Detection("build01", true) with { Body = """{"device":{"hostname":"build01"}}"""u8.ToArray() };
        await Store.CommitAsync(Baseline, Step(null, named) with { Exceptions = [new("build", 1, Window.End, 0, null)] }, Token);

        var gone = await Table.ForgetAsync(Baseline, new NamedIn("build01", true), OccurrenceKind.Host, isDryRun: false, Token);

        Assert.Equal(new Forgotten(0, 1, 0), gone);
        Assert.Empty(await SuppressedAsync());
        Assert.Equal(1, (await Store.ReadExceptionAsync(Baseline, "build", Token))!.Hits);
    }

    public async ValueTask InitializeAsync() => await Clients.CreateOnEmulatorAsync(Token);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override async Task<IReadOnlyList<ClusterDetection>> SuppressedAsync()
    {
        var found = new List<ClusterDetection>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.Clusters(Baseline)} and Suppressed eq {true}");
        await foreach (var row in Rows.QueryAsync<TableEntity>(filter, cancellationToken: Token))
            found.Add(
                new(
                    new(row.GetInt32("Window")!.Value),
                    row.GetString("Rule"),
                    row.GetString("Entity"),
                    row.GetBinaryData("Body").ToMemory()));
        return found;
    }

    private async Task<TableEntity> RowAsync(string host) =>
        (Response<TableEntity>)await Rows.GetEntityAsync<TableEntity>(
            TableKeys.Clusters(Baseline), TableKeys.Detection(Window, ByHost, host), cancellationToken: Token);
}
