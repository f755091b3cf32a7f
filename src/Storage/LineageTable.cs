using System.Diagnostics;
using Azure;
using Azure.Data.Tables;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>
/// The baseline store in Azure Table storage: table <c>lineage</c>, one table partition for each event partition, one
/// entity-group transaction for each chunk.
/// </summary>
/// <param name="reads">A client that retries: reading twice does no harm.</param>
/// <param name="commits">A client with retries off: a commit sent twice would hide whether the first one was applied.</param>
public sealed class LineageTable(TableClient reads, TableClient commits) : IBaselineStore
{
    /// <summary>The table's name.</summary>
    public const string TableName = StorageClients.LineageTableName;

    /// <summary>How large rows are in a commit to a table.</summary>
    public static ICommitSizes CommitSizes => TableCommitSizes.Instance;

    internal const string Store = "table " + TableName;

    /// <summary>A commit without an answer within this time has an unknown outcome.</summary>
    internal static readonly TimeSpan CommitTimeout = TimeSpan.FromSeconds(30);

    /// <summary>A read without an answer within this time is repeated.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Called after the answer to every commit, for metrics. It must not throw.</summary>
    public Action<CommitTook>? OnCommit { get; init; }

    /// <summary>Opens the table of an account.</summary>
    /// <param name="clients">The account's clients.</param>
    /// <param name="onCommit">See <see cref="OnCommit"/>.</param>
    public static LineageTable Open(StorageClients clients, Action<CommitTook>? onCommit = null)
    {
        // A read is tried only twice and quickly. A longer wait would keep a batch in memory that the host delivers again anyway.
        var twice = new TableClientOptions
        {
            Retry = { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(200), NetworkTimeout = ReadTimeout },
        };
        var once = new TableClientOptions { Retry = { MaxRetries = 0, NetworkTimeout = CommitTimeout } };
        return new LineageTable(
            clients.Tables(twice).GetTableClient(TableName), clients.Tables(once).GetTableClient(TableName))
        { OnCommit = onCommit };
    }

    /// <inheritdoc/>
    public ICommitSizes Sizes => CommitSizes;

    /// <inheritdoc/>
    public Task<(Watermark Watermark, string Version)?> ReadWatermarkAsync(
        BaselinePartition partition, CancellationToken cancellationToken) =>
        ReadAsync(async () =>
        {
            var answer = await reads.GetEntityIfExistsAsync<TableEntity>(
                TableKeys.Partition(partition), TableKeys.Watermark, cancellationToken: cancellationToken);
            return answer.HasValue ? (LineageEntities.Watermark(answer.Value!), answer.Value!.ETag.ToString()) : ((Watermark, string)?)null;
        }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CountRow>> ReadLaunchesAsync(
        BaselinePartition partition, string parent, CancellationToken cancellationToken) =>
        ReadRangeAsync(partition, TableKeys.ParentRange(parent), LineageEntities.Launch, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CountRow>> ReadOccurrencesAsync(
        BaselinePartition partition, OccurrenceKind kind, string child, CancellationToken cancellationToken) =>
        ReadRangeAsync(
            partition, TableKeys.OccurrenceRange(kind, child), entity => LineageEntities.OccurrenceRow(entity, kind), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MaliciousSum>> ReadSumsAsync(
        BaselinePartition partition, ClockWindow window, CancellationToken cancellationToken) =>
        ReadRangeAsync(partition, TableKeys.SumRange(window), LineageEntities.Sum, cancellationToken);

    /// <inheritdoc/>
    public Task<Quota?> ReadQuotaAsync(BaselinePartition partition, QuotaKey key, CancellationToken cancellationToken) =>
        ReadAsync(async () =>
        {
            var answer = await reads.GetEntityIfExistsAsync<TableEntity>(
                TableKeys.Partition(partition), TableKeys.Quota(key), cancellationToken: cancellationToken);
            return answer.HasValue ? LineageEntities.Quota(answer.Value!) : null;
        }, cancellationToken);

    /// <inheritdoc/>
    public Task<ExceptionCount?> ReadExceptionAsync(BaselinePartition partition, string id, CancellationToken cancellationToken) =>
        ReadAsync(async () =>
        {
            var answer = await reads.GetEntityIfExistsAsync<TableEntity>(
                TableKeys.Partition(partition), TableKeys.Exception(id), cancellationToken: cancellationToken);
            return answer.HasValue ? LineageEntities.Exception(answer.Value!) : null;
        }, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredDetection>> ReadDetectionsAsync(
        BaselinePartition partition, Position first, Position last, CancellationToken cancellationToken)
    {
        var newestFirst = await ReadRangeAsync(
            partition, TableKeys.DetectionRange(first, last), LineageEntities.Detection, cancellationToken);
        return [.. newestFirst.OrderBy(d => d.Position).ThenBy(d => d.RuleId, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<CommitResult> CommitAsync(BaselinePartition partition, BaselineCommit commit, CancellationToken cancellationToken)
    {
        var key = TableKeys.Partition(partition);
        var watermark = LineageEntities.Of(key, commit.Next);
        var actions = new List<TableTransactionAction>(BaselineCommit.MaxRows + 1)
        {
            commit.ExpectedVersion is { } expected
                ? new(TableTransactionActionType.UpdateReplace, watermark, new ETag(expected))
                : new(TableTransactionActionType.Add, watermark),
        };
        actions.AddRange(commit.Launches.Select(l => Replace(LineageEntities.Of(key, l.Parent, l.Row))));
        actions.AddRange(commit.Occurrences.Select(s => Replace(LineageEntities.Of(key, s.Kind, s.Child, s.Row))));
        actions.AddRange(commit.Sums.Select(s => Replace(LineageEntities.Of(key, s))));
        actions.AddRange(commit.Quotas.Select(q => Replace(LineageEntities.Of(key, q.Key, q.Quota))));
        actions.AddRange(commit.Exceptions.Select(e => Replace(LineageEntities.Of(key, e))));
        actions.AddRange(commit.Detections.Select(d => Replace(LineageEntities.Of(key, d))));
        actions.AddRange(commit.Signals.Select(s => Replace(LineageEntities.Of(key, s))));

        var started = Stopwatch.GetTimestamp();
        CommitOutcome? outcome = null;
        try
        {
            var answer = await commits.SubmitTransactionAsync(actions, cancellationToken);
            outcome = CommitOutcome.Committed;
            return new CommitResult(CommitOutcome.Committed, answer.Value[0].Headers.ETag?.ToString());
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var result = CommitFaults.ResultOf(exception) ?? throw StorageFaults.Unavailable(Store, exception);
            outcome = result.Outcome;
            return result;
        }
        finally
        {
            OnCommit?.Invoke(new CommitTook(actions.Count, Stopwatch.GetElapsedTime(started), outcome));
        }
    }

    private static TableTransactionAction Replace(TableEntity entity) => new(TableTransactionActionType.UpsertReplace, entity);

    private Task<IReadOnlyList<T>> ReadRangeAsync<T>(
        BaselinePartition partition, (string First, string End) range, Func<TableEntity, T> read, CancellationToken cancellationToken) =>
        ReadAsync(async () =>
        {
            var key = TableKeys.Partition(partition);
            var filter = TableClient.CreateQueryFilter(
                $"PartitionKey eq {key} and RowKey ge {range.First} and RowKey lt {range.End}");
            var rows = new List<T>();
            await foreach (var entity in reads.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
                rows.Add(read(entity));
            return (IReadOnlyList<T>)rows;
        }, cancellationToken);

    private static Task<T> ReadAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken) =>
        StorageFaults.AskAsync(Store, read, cancellationToken);
}
