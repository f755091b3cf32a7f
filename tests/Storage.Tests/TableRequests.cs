using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace Changeling.Storage.Tests;

/// <summary>Counts what table clients ask for, retries included.</summary>
internal sealed class TableRequests : HttpPipelineSynchronousPolicy
{
    private int _transactions;
    private int _reads;
    private long _bytesRead;

    /// <summary>The requests so far.</summary>
    public TableCost Count => new(_reads, _transactions, _bytesRead);

    /// <summary>The table of an account, counted.</summary>
    public TableClient Open(StorageClients clients)
    {
        var options = new TableClientOptions();
        options.AddPolicy(this, HttpPipelinePosition.PerRetry);
        return clients.Tables(options).GetTableClient(LineageTable.TableName);
    }

    public override void OnReceivedResponse(HttpMessage message)
    {
        if (message.Request.Method == RequestMethod.Get) Interlocked.Increment(ref _reads);
        else Interlocked.Increment(ref _transactions);
        if (message.Request.Method == RequestMethod.Get) Interlocked.Add(ref _bytesRead, message.Response.ContentStream?.Length ?? 0);
    }
}

/// <summary>Requests to the table service, and the bytes that were read.</summary>
internal readonly record struct TableCost(int Reads, int Transactions, long BytesRead)
{
    public static TableCost operator -(TableCost a, TableCost b) =>
        new(a.Reads - b.Reads, a.Transactions - b.Transactions, a.BytesRead - b.BytesRead);
}
