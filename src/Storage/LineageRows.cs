using Azure;
using Azure.Data.Tables;
using Changeling.Counts;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>The operations on table <c>lineage</c> for operators' commands.</summary>
/// <param name="reads">A client that retries: reading twice does no harm.</param>
/// <param name="edits">A client with retries off: an edit sent twice would hide whether the first one was applied.</param>
public sealed class LineageRows(TableClient reads, TableClient edits) : IBaselineRows
{
    private const string Store = "table " + LineageTable.TableName;
    private const int PageRows = 1_000;

    private static readonly string[] OnlyKeys = ["PartitionKey", "RowKey"];

    /// <summary>The columns with names. Signals are between caps and sums, and their bodies are not read with them.</summary>
    private static readonly string[] NamesOfRules = ["PartitionKey", "RowKey", "Host", "Window", "Kind", "Entity"];

    /// <summary>Opens the table of an account.</summary>
    public static LineageRows Open(StorageClients clients)
    {
        var once = new TableClientOptions { Retry = { MaxRetries = 0, NetworkTimeout = LineageTable.CommitTimeout } };
        return new LineageRows(
            clients.Tables().GetTableClient(LineageTable.TableName), clients.Tables(once).GetTableClient(LineageTable.TableName));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BaselinePartition>> FindPartitionsAsync(string baseline, CancellationToken cancellationToken) =>
        [.. (await new SweepTable(reads).PartitionsAsync(baseline, cancellationToken))
            .Where(TableKeys.IsEventPartition)
            .Select(TableKeys.PartitionOf)];

    /// <inheritdoc/>
    public Task<PartitionGuard?> ReadGuardAsync(BaselinePartition partition, CancellationToken cancellationToken) =>
        ReadOneAsync(partition, TableKeys.Watermark, LineageEntities.Guard, cancellationToken);

    /// <inheritdoc/>
    public Task<ImportNote?> ReadImportAsync(BaselinePartition partition, string source, CancellationToken cancellationToken) =>
        ReadOneAsync(partition, TableKeys.Import(source), LineageEntities.Import, cancellationToken);

    /// <inheritdoc/>
    public Task<RowPage<LaunchEntry>> ReadLaunchPageAsync(
        BaselinePartition partition, string? after, CancellationToken cancellationToken) =>
        ReadPageAsync(partition, TableKeys.KindRange(TableKeys.LaunchKind), after, null, LineageEntities.LaunchEntry, cancellationToken);

    /// <inheritdoc/>
    public Task<RowPage<DetectionEntry>> ReadDetectionPageAsync(
        BaselinePartition partition, string? after, CancellationToken cancellationToken) =>
        ReadPageAsync(
            partition, TableKeys.KindRange(TableKeys.DetectionKind), after, null, e =>
                new DetectionEntry(e.RowKey, LineageEntities.Detection(e)), cancellationToken);

    /// <inheritdoc/>
    public Task<RowPage<SignalsEntry>> ReadSignalPageAsync(
        BaselinePartition partition, string? after, CancellationToken cancellationToken) =>
        ReadPageAsync(
            partition, TableKeys.KindRange(TableKeys.SignalsKind), after, null, e =>
                new SignalsEntry(e.RowKey, LineageEntities.Signals(e)), cancellationToken);

    /// <inheritdoc/>
    public Task<RowPage<Occurrence>> ReadOccurrencePageAsync(
        BaselinePartition partition, OccurrenceKind kind, string? after, CancellationToken cancellationToken) =>
        ReadPageAsync(
            partition,
            TableKeys.KindRange(kind == OccurrenceKind.Host ? TableKeys.HostKind : TableKeys.UserKind),
            after,
            null,
            e => LineageEntities.Occurrence(e, kind),
            cancellationToken);

    /// <inheritdoc/>
    public async Task<RowPage<NamedKey>> ReadRulePageAsync(
        BaselinePartition partition, OccurrenceKind kind, string? after, CancellationToken cancellationToken)
    {
        var page = await ReadPageAsync(
            partition, TableKeys.RuleRange, after, NamesOfRules, e => (e.RowKey, Name: LineageEntities.NameIn(e, kind)), cancellationToken);
        return new([.. page.Rows.Where(r => r.Name is not null).Select(r => new NamedKey(r.RowKey, r.Name!))], page.Last);
    }

    /// <inheritdoc/>
    public Task<RowPage<ExceptionCount>> ReadExceptionPageAsync(
        BaselinePartition partition, string? after, CancellationToken cancellationToken) =>
        ReadPageAsync(partition, TableKeys.KindRange(TableKeys.ExceptionKind), after, null, LineageEntities.Exception, cancellationToken);

    /// <inheritdoc/>
    public async Task<RowPage<RowKey>> ReadKeyPageAsync(BaselinePartition partition, string? after, CancellationToken cancellationToken)
    {
        var page = await ReadPageAsync(
            partition, ("", "~"), after, OnlyKeys, e => new RowKey(e.RowKey, TableKeys.IsDetection(e.RowKey)), cancellationToken);
        return page with { Rows = [.. page.Rows.Where(row => row.Key != TableKeys.Watermark)] };
    }

    /// <inheritdoc/>
    public async Task<CommitResult> EditAsync(BaselinePartition partition, BaselineEdit edit, CancellationToken cancellationToken)
    {
        var key = TableKeys.Partition(partition);
        var actions = new List<TableTransactionAction>(BaselineCommit.MaxRows + 1) { Watermark(key, edit) };
        actions.AddRange(edit.Launches.Select(l => Replace(LineageEntities.Of(key, l.Parent, l.Row))));
        actions.AddRange(
            edit.Deletes.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(key, row), ETag.All)));
        if (edit.Import is { } note) actions.Add(Replace(LineageEntities.Of(key, note)));

        try
        {
            var answer = await edits.SubmitTransactionAsync(actions, cancellationToken);
            return new CommitResult(CommitOutcome.Committed, answer.Value[0].Headers.ETag?.ToString());
        }
        catch (RequestFailedException gone) when (
            gone.Status == 404 && gone.ErrorCode != Azure.Data.Tables.Models.TableErrorCode.TableNotFound)
        {
            return new CommitResult(CommitOutcome.Unknown, Detail: "a row is gone");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return CommitFaults.ResultOf(exception) ?? throw StorageFaults.Unavailable(Store, exception);
        }
    }

    private static TableTransactionAction Watermark(string key, BaselineEdit edit)
    {
        if (edit.Next is not { } next)
            return new(TableTransactionActionType.Delete, new TableEntity(key, TableKeys.Watermark), new ETag(edit.ExpectedVersion ?? ""));
        var entity = LineageEntities.Of(key, next);
        if (edit.IsResetting) LineageEntities.MarkResetting(entity);
        return edit.ExpectedVersion is { } expected
            ? new(TableTransactionActionType.UpdateReplace, entity, new ETag(expected))
            : new(TableTransactionActionType.Add, entity);
    }

    private static TableTransactionAction Replace(TableEntity entity) => new(TableTransactionActionType.UpsertReplace, entity);

    private Task<T?> ReadOneAsync<T>(
        BaselinePartition partition, string row, Func<TableEntity, T> read, CancellationToken cancellationToken)
        where T : class => AskAsync(async () =>
    {
        var found =
            await reads.GetEntityIfExistsAsync<TableEntity>(TableKeys.Partition(partition), row, cancellationToken: cancellationToken);
        return found.HasValue ? read(found.Value!) : null;
    }, cancellationToken);

    private Task<RowPage<T>> ReadPageAsync<T>(
        BaselinePartition partition, (
            string First,
            string End) range, string? after, string[]? columns, Func<TableEntity, T> read, CancellationToken cancellationToken) =>
        AskAsync(async () =>
        {
            var key = TableKeys.Partition(partition);
            var first = after ?? range.First;
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey gt {first} and RowKey lt {range.End}");
            await foreach (
                var page in reads.QueryAsync<TableEntity>(filter, PageRows, columns, cancellationToken)
                    .AsPages()
                    .WithCancellation(cancellationToken))
            {
                // The service may return short and even empty pages. Only the continuation token shows whether there are more rows.
                var last = page.ContinuationToken is not null && page.Values.Count > 0 ? page.Values[^1].RowKey : null;
                if (page.ContinuationToken is null || last is not null) return new RowPage<T>([.. page.Values.Select(read)], last);
            }

            return new RowPage<T>([], null);
        }, cancellationToken);

    private static Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken) =>
        StorageFaults.AskAsync(Store, ask, cancellationToken);
}
