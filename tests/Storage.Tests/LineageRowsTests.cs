using Azure.Data.Tables;
using Changeling.Baseline;
using Changeling.Baseline.Operations;
using Changeling.TestSupport;

namespace Changeling.Storage.Tests;

public sealed class InMemoryBaselineRowsTests : BaselineRowsContract
{
    private readonly InMemoryBaselineStore _store = new();

    protected override IBaselineStore Store => _store;

    protected override IBaselineRows Rows => _store;

    protected override Task SeeAsync(BaselinePartition partition, SightingKind kind, string child, string name)
    {
        _store.Add(partition, new Sighting($"{kind}\0{child}\0{name}", kind, child, name));
        return Task.CompletedTask;
    }
}

public sealed class LineageRowsTests(AzuriteFixture azurite) : BaselineRowsContract, IAsyncLifetime
{
    protected override IBaselineStore Store => LineageTable.Open(Clients);

    /// <summary>Azurite takes what the service refuses, so the strict client looks first.</summary>
    protected override IBaselineRows Rows => new LineageRows(
        Clients.Tables().GetTableClient(LineageTable.TableName),
        new StrictTableClient(Clients.Tables(new TableClientOptions { Retry = { MaxRetries = 0 } }).GetTableClient(LineageTable.TableName)));

    private StorageClients Clients => new(new StorageOptions { ConnectionString = azurite.ConnectionString });

    protected override Task SeeAsync(BaselinePartition partition, SightingKind kind, string child, string name)
    {
        string[] escaped = [.. new[] { child, name }.Select(n => n.Replace("/", "~002f", StringComparison.Ordinal).Replace(@"\", "~005c", StringComparison.Ordinal))];
        var key = $"{(kind == SightingKind.Host ? "host" : "user")}|{escaped[0]}|{escaped[1]}";
        return Clients.Tables().GetTableClient(LineageTable.TableName).AddEntityAsync(new TableEntity(TableKeys.Partition(partition), key), Cancellation);
    }

    public async ValueTask InitializeAsync() => await Clients.CreateOnEmulatorAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
