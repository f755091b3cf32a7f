using Azure;
using Azure.Data.Tables;
using Changeling.Counts;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>Sweeps table <c>lineage</c>. The progress is stored in row <c>sweep</c> of each table partition.</summary>
/// <param name="table">A client that retries. This is safe, because a repeated delete finds no row, or a row with another ETag.</param>
public sealed class SweepTable(TableClient table) : ISweepStore
{
    private const string Store = "table " + LineageTable.TableName;
    private const string Note = "sweep";
    private const int MaxInTransaction = 100;
    private const int PageRows = 1_000;

    private static readonly string[] Columns = ["PartitionKey", "RowKey", "Count", "Day", "EnqueuedTime", "Window", "Hour"];

    /// <summary>Opens the table of an account.</summary>
    public static SweepTable Open(StorageClients clients) => new(clients.Tables().GetTableClient(LineageTable.TableName));

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> PartitionsAsync(string baseline, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        // Read from key to key: the first row above one partition's key belongs to the next partition.
        var found = new List<string>();
        var (after, end) = (TableKeys.PartitionRange(baseline).First, TableKeys.PartitionRange(baseline).End);
        while (true)
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey gt {after} and PartitionKey lt {end}");
            var first =
                await FirstAsync(table.QueryAsync<TableEntity>(filter, maxPerPage: 1, ["PartitionKey", "RowKey"], cancellationToken));
            if (first is null) return (IReadOnlyList<string>)found;
            found.Add(after = first.PartitionKey);
        }
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<SweepState?> ReadStateAsync(string partition, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var watermark =
            await table.GetEntityIfExistsAsync<TableEntity>(partition, TableKeys.Watermark, cancellationToken: cancellationToken);
        if (!watermark.HasValue) return null;

        var note = await table.GetEntityIfExistsAsync<TableEntity>(partition, Note, cancellationToken: cancellationToken);
        var progress = note.HasValue ? new SweepProgress(note.Value!.GetInt32("Day") ?? 0, note.Value.GetString("After")) : null;
        return new SweepState(new PartitionClock(LineageEntities.Watermark(watermark.Value!).HighestEnqueuedTime), progress);
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<SweepPage> ReadPageAsync(string partition, string? after, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey gt {after ?? ""} and RowKey lt {TableKeys.Watermark}");
        var rows = new List<SweepRow>();
        await foreach (
            var page in table.QueryAsync<TableEntity>(filter, PageRows, Columns, cancellationToken)
                .AsPages()
                .WithCancellation(cancellationToken))
        {
            rows.AddRange(page.Values.Where(IsSwept).Select(Row));

            // The service may return short and even empty pages. Only the continuation token shows whether there are more rows.
            if (page.ContinuationToken is null) return new SweepPage(rows, null);
            if (page.Values.Count > 0) return new SweepPage(rows, page.Values[^1].RowKey);
        }

        return new SweepPage(rows, null);
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<(int Deleted, int Requests)> DeleteAsync(
        string partition, IReadOnlyList<SweepRow> rows, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var (deleted, requests) = (0, 0);
        foreach (var some in rows.Chunk(MaxInTransaction))
        {
            requests++;
            try
            {
                await table.SubmitTransactionAsync(some.Select(row => Delete(partition, row)), cancellationToken);
                deleted += some.Length;
            }
            catch (RequestFailedException failed) when (failed.Status is 404 or 412)
            {
                // One of the rows was changed or deleted in the meantime: delete the others one by one.
                foreach (var row in some) deleted += await DeleteAsync(partition, row, cancellationToken) ? 1 : 0;
                requests += some.Length;
            }
        }

        return (deleted, requests);
    }, cancellationToken);

    /// <inheritdoc/>
    public Task SaveProgressAsync(string partition, SweepProgress progress, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var note = new TableEntity(partition, Note) { ["Day"] = progress.Day };
        if (progress.After is { } after) note["After"] = after;
        return await table.UpsertEntityAsync(note, TableUpdateMode.Replace, cancellationToken);
    }, cancellationToken);

    private async Task<bool> DeleteAsync(string partition, SweepRow row, CancellationToken cancellationToken)
    {
        try
        {
            return (await table.DeleteEntityAsync(partition, row.Key, new ETag(row.Version), cancellationToken)).Status != 404;
        }
        catch (RequestFailedException failed) when (failed.Status is 404 or 412)
        {
            return false;
        }
    }

    private static TableTransactionAction Delete(string partition, SweepRow row) =>
        new(TableTransactionActionType.Delete, new TableEntity(partition, row.Key), new ETag(row.Version));

    private static bool IsSwept(TableEntity entity) =>
        IsCount(entity.RowKey)
            || TableKeys.IsDetection(entity.RowKey)
            || TableKeys.IsSignals(entity.RowKey)
            || TableKeys.IsSum(entity.RowKey)
            || TableKeys.IsQuota(entity.RowKey)
            || IncidentKeys.IsRow(entity.RowKey)
            || IncidentKeys.IsSent(entity.RowKey);

    private static bool IsCount(string rowKey) => TableKeys.IsLaunch(rowKey) || TableKeys.IsOccurrence(rowKey);

    /// <summary>The child's name is not needed, and a detection without its time (none is written so) is kept.</summary>
    private static SweepRow Row(TableEntity entity)
    {
        var (key, version, time) = (entity.RowKey, entity.ETag.ToString(), entity.GetDateTimeOffset("EnqueuedTime"));
        if (IsCount(key)) return new SweepRow(key, version, Count(entity), null);
        if (TableKeys.IsSignals(key)) return new SweepRow(key, version, null, null) { SignalsAt = time };
        return new SweepRow(key, version, null, time)
        {
            Window = TableKeys.IsSum(key) && entity.GetInt32("Window") is { } window ? new ClockWindow(window) : null,
            QuotaHour = TableKeys.IsQuota(key) ? entity.GetInt32("Hour") : null,
        };
    }

    private static CountRow Count(TableEntity entity) =>
        new(null, new LaunchCount(entity.GetInt64("Count") ?? 0), entity.GetInt32("Day") ?? 0, default, default);

    private static async Task<TableEntity?> FirstAsync(AsyncPageable<TableEntity> rows)
    {
        await foreach (var row in rows) return row;
        return null;
    }

    private static Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken) =>
        StorageFaults.AskAsync(Store, ask, cancellationToken);
}
