using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Storage.Tests;

public sealed class LineageTableTests(AzuriteFixture azurite) : BaselineStoreContract, IAsyncLifetime
{
    /// <summary>Azurite takes what the service refuses, so the strict client looks first.</summary>
    protected override IBaselineStore Store => new LineageTable(
        Clients.Tables().GetTableClient(LineageTable.TableName),
        new StrictTableClient(
            Clients.Tables(new TableClientOptions { Retry = { MaxRetries = 0 } }).GetTableClient(LineageTable.TableName)));

    private StorageClients Clients => new(new StorageOptions { ConnectionString = azurite.ConnectionString });

    [Fact]
    public async Task A_table_that_is_not_there_is_named_with_the_fix()
    {
        var missing = new TableClient(azurite.ConnectionString, "nothere");
        var table = new LineageTable(missing, missing);

        var fault = await Assert.ThrowsAsync<StoreUnavailableException>(() => table.CommitAsync(
            new BaselinePartition("default", new EventPartition("telemetry", "0")),
            new BaselineCommit(null, new Watermark(default, Some.Time, Some.Time), [], []),
            TestContext.Current.CancellationToken));

        Assert.Contains("table lineage does not exist", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_was_applied_and_its_outcome_is_unknown()
    {
        var partition = new BaselinePartition(AzuriteFixture.UniqueName("lost-"), new EventPartition("telemetry", "0"));
        using var losing = new HttpClient(new LosesAnswers(new SocketsHttpHandler()));
        var options = new TableClientOptions { Retry = { MaxRetries = 0 }, Transport = new HttpClientTransport(losing) };
        var table = new LineageTable(
            Clients.Tables().GetTableClient(LineageTable.TableName), Clients.Tables(options).GetTableClient(LineageTable.TableName));

        var result = await table.CommitAsync(
            partition, new BaselineCommit(null, new Watermark(new Position(0, 7, 0), Some.Time, Some.Time), [], []),
            TestContext.Current.CancellationToken);

        Assert.Equal(CommitOutcome.Unknown, result.Outcome);
        Assert.Equal(
            7, (await table.ReadWatermarkAsync(partition, TestContext.Current.CancellationToken))!.Value.Watermark.Position.SequenceNumber);
    }

    [Fact]
    public async Task An_emulator_that_is_gone_is_an_outage_for_reads_and_unknown_for_commits()
    {
        var server = await AzuriteFixture.StartOwnAsync(TestContext.Current.CancellationToken);
        var options = new TableClientOptions { Retry = { MaxRetries = 0 } };
        var client = new TableServiceClient(server.ConnectionString, options).GetTableClient(LineageTable.TableName);
        await server.DisposeAsync();
        var table = new LineageTable(client, client);
        var partition = new BaselinePartition("default", new EventPartition("telemetry", "0"));

        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => table.ReadWatermarkAsync(partition, TestContext.Current.CancellationToken));
        var result = await table.CommitAsync(
            partition, new BaselineCommit(null, new Watermark(default, Some.Time, Some.Time), [], []),
            TestContext.Current.CancellationToken);

        Assert.Equal(CommitOutcome.Unknown, result.Outcome);
    }

    public async ValueTask InitializeAsync() => await Clients.CreateOnEmulatorAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class LosesAnswers(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (await base.SendAsync(request, cancellationToken)).Dispose();
            throw new HttpRequestException("the connection broke after the server had acted");
        }
    }
}
