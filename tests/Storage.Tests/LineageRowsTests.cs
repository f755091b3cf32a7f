using Azure.Data.Tables;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Storage.Tests;

public sealed class InMemoryBaselineRowsTests : BaselineRowsContract
{
    private readonly InMemoryBaselineStore _store = new();

    protected override IBaselineStore Store => _store;

    protected override IBaselineRows Rows => _store;
}

public sealed class LineageRowsTests(AzuriteFixture azurite) : BaselineRowsContract, IAsyncLifetime
{
    protected override IBaselineStore Store => LineageTable.Open(Clients);

    /// <summary>Azurite takes what the service refuses, so the strict client looks first.</summary>
    protected override IBaselineRows Rows => new LineageRows(
        Clients.Tables().GetTableClient(LineageTable.TableName),
        new StrictTableClient(
            Clients.Tables(new TableClientOptions { Retry = { MaxRetries = 0 } }).GetTableClient(LineageTable.TableName)));

    private StorageClients Clients => new(new StorageOptions { ConnectionString = azurite.ConnectionString });

    public async ValueTask InitializeAsync() => await Clients.CreateOnEmulatorAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
