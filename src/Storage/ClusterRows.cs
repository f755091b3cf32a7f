using Azure.Data.Tables;
using Changeling.Counts;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>
/// Reads the cluster rules' table partition for operators' commands: the counts of exceptions, and suppressed detections.
/// </summary>
/// <param name="reads">A client that retries.</param>
public sealed class ClusterRows(TableClient reads)
{
    private const string Store = "table " + LineageTable.TableName;

    /// <summary>Opens the table of an account.</summary>
    public static ClusterRows Open(StorageClients clients) => new(clients.Tables().GetTableClient(LineageTable.TableName));

    /// <summary>
    /// The counts of exceptions for clusters, in order of id: one row for each exception that was ever hit or nearly hit.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store cannot be used now.</exception>
    public Task<IReadOnlyList<ExceptionCount>> ExceptionsAsync(string baseline, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var (key, (first, end)) = (TableKeys.Clusters(baseline), TableKeys.KindRange(TableKeys.ExceptionKind));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey ge {first} and RowKey lt {end}");
        var counts = new List<ExceptionCount>();
        await foreach (var entity in reads.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            counts.Add(LineageEntities.Exception(entity));
        return (IReadOnlyList<ExceptionCount>)counts;
    }, cancellationToken);

    /// <summary>Bodies of suppressed detections, newest first.</summary>
    /// <param name="baseline">The set of counts.</param>
    /// <param name="isWanted">Selects detections by their body.</param>
    /// <param name="most">Maximum number of bodies.</param>
    /// <param name="cancellationToken">Stops between pages.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be used now.</exception>
    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> SuppressedAsync(
        string baseline, Func<ReadOnlyMemory<byte>, bool> isWanted, int most, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var (key, (first, end)) = (TableKeys.Clusters(baseline), TableKeys.KindRange(TableKeys.DetectionKind));
        var filter =
            TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey ge {first} and RowKey lt {end} and Suppressed eq {true}");
        var bodies = reads.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken)
            .Select(e => e.GetBinaryData("Body").ToMemory());
        return (IReadOnlyList<ReadOnlyMemory<byte>>)await bodies.Where(isWanted).Take(most).ToListAsync(cancellationToken);
    }, cancellationToken);

    private static Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken) =>
        StorageFaults.AskAsync(Store, ask, cancellationToken);
}
