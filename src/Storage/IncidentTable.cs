using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Operations;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>
/// The rows of incidents: table partition <c>{baseline}:incidents</c> of table <c>lineage</c>. Every read is a range of keys that holds
/// only what is asked for, so requests do not grow with the table.
/// </summary>
/// <param name="reads">A client that retries.</param>
/// <param name="commits">A client with retries off: a step sent twice would hide whether the first was applied.</param>
public sealed class IncidentTable(TableClient reads, TableClient commits) : IIncidentStore
{
    /// <summary>Messages marked in one transaction: each needs two rows, and all bodies stay below 4 MiB.</summary>
    private const int MaxMarked = 30;

    private readonly ClusterTable _clusters = new(reads, commits);

    /// <summary>Opens the table of an account.</summary>
    public static IncidentTable Open(StorageClients clients)
    {
        var once = new TableClientOptions { Retry = { MaxRetries = 0, NetworkTimeout = LineageTable.CommitTimeout } };
        return new IncidentTable(
            clients.Tables().GetTableClient(LineageTable.TableName), clients.Tables(once).GetTableClient(LineageTable.TableName));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<(string Partition, Watermark Watermark)>> PartitionsAsync(
        string baseline, CancellationToken cancellationToken) => _clusters.PartitionsAsync(baseline, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredSignals>> SignalsAsync(
        string partition, Position? after, int most, CancellationToken cancellationToken)
    {
        var (first, end) = TableKeys.SignalsBehind(after);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {first} and RowKey lt {end}");
        return ReadAsync(filter, most, LineageEntities.Signals, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<(ClockWindow? Evaluated, IReadOnlyList<ClusterDetection> Found)> ClustersAsync(
        string baseline, ClockWindow? after, CancellationToken cancellationToken)
    {
        if (await _clusters.ReadStateAsync(baseline, cancellationToken) is not { State.Evaluated: var last }) return (null, []);
        if (after >= last) return (last, []);
        return (last, await _clusters.FoundAsync(baseline, after, last, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<(IncidentState State, string Version)?> ReadStateAsync(
        string baseline, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var row = await reads.GetEntityIfExistsAsync<TableEntity>(
            TableKeys.Incidents(baseline), TableKeys.Watermark, cancellationToken: cancellationToken);
        return row.HasValue ? (IncidentEntities.State(row.Value!), row.Value!.ETag.ToString()) : ((IncidentState, string)?)null;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<IncidentRow>> ReadRowsAsync(string baseline, CancellationToken cancellationToken) =>
        ReadRangeAsync(baseline, IncidentKeys.Rows, int.MaxValue, IncidentEntities.Row, cancellationToken);

    /// <inheritdoc/>
    public async Task<string?> CommitAsync(string baseline, IncidentStep change, CancellationToken cancellationToken)
    {
        var key = TableKeys.Incidents(baseline);
        var state = IncidentEntities.Of(key, change.Next);
        var deletes = change.Rows.Where(r => r.Body.IsEmpty).Select(r => IncidentKeys.Row(r.Kind, r.Name)).ToList();
        while (true)
        {
            var actions = new List<TableTransactionAction>(BaselineCommit.MaxRows + 1)
            {
                change.ExpectedVersion is { } expected
                    ? new(TableTransactionActionType.UpdateReplace, state, new ETag(expected))
                    : new(TableTransactionActionType.Add, state),
            };
            actions.AddRange(
                change.Rows.Where(r => !r.Body.IsEmpty).Select(r => Put(IncidentEntities.Of(key, r, change.Next.Clock))));
            actions.AddRange(change.Messages.Select(m => Put(IncidentEntities.Unsent(key, m))));
            actions.AddRange(deletes.Select(row => Delete(key, row)));
            try
            {
                var answer = await commits.SubmitTransactionAsync(actions, cancellationToken);
                return answer.Value[0].Headers.ETag?.ToString();
            }
            catch (RequestFailedException gone) when (IsRowGone(gone))
            {
                // Nothing was stored, because the sweep deleted one of the rows first.
                var there = await ThereAsync(key, deletes, cancellationToken);
                if (there.Count == deletes.Count) return null;
                deletes = there;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                return CommitFaults.ResultOf(exception)?.Outcome == CommitOutcome.Unknown
                    ? null
                    : throw StorageFaults.Unavailable(LineageTable.Store, exception);
            }
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<IncidentMessage>> UnsentAsync(string baseline, int most, CancellationToken cancellationToken) =>
        ReadRangeAsync(baseline, IncidentKeys.UnsentMessages, most, IncidentEntities.Message, cancellationToken);

    /// <inheritdoc/>
    public Task MarkSentAsync(
        string baseline, IReadOnlyList<IncidentMessage> messages, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var key = TableKeys.Incidents(baseline);
        foreach (var some in messages.Chunk(MaxMarked))
        {
            if (await MoveAsync(key, some, cancellationToken)) continue;

            // Another run marked some of them first, or the answer to the first attempt was lost.
            foreach (var message in some) await MoveAsync(key, [message], cancellationToken);
        }

        return true;
    }, cancellationToken);

    /// <summary>
    /// Deletes the rows that name a host or user: incidents, and messages that were sent. Habits contain no names.
    /// </summary>
    /// <param name="baseline">The set of counts.</param>
    /// <param name="named">The host or user.</param>
    /// <param name="isDryRun">Whether nothing is deleted.</param>
    /// <param name="cancellationToken">Stops between transactions; rows that were deleted stay deleted.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be used now, or the timer commits all the time.</exception>
    public Task<Forgotten> ForgetAsync(
        string baseline, NamedIn named, bool isDryRun, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var key = TableKeys.Incidents(baseline);
        var (rows, sent, kept) = (new List<string>(), new List<string>(), 0);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey lt {TableKeys.Watermark}");
        await foreach (var entity in reads.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            var (isIncident, isSent) = (IncidentKeys.IsIncident(entity.RowKey), IncidentKeys.IsSent(entity.RowKey));
            if (!(isIncident || isSent || IncidentKeys.IsUnsent(entity.RowKey)) || !named.In(BodyParts.Read(entity))) continue;
            if (isIncident) rows.Add(entity.RowKey);
            else if (isSent) sent.Add(entity.RowKey);
            else kept++;
        }

        if (!isDryRun)
            await new GuardedDeletes(reads, commits, "GatherIncidents").RunAsync(key, rows.Concat(sent), cancellationToken);
        return new Forgotten(rows.Count, sent.Count, kept);
    }, cancellationToken);

    /// <summary>Moves messages from those that wait to those that were sent.</summary>
    /// <returns>False when one of them does not wait any more; then none was moved.</returns>
    private async Task<bool> MoveAsync(string key, IEnumerable<IncidentMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            await reads.SubmitTransactionAsync(
                messages.SelectMany(m => new[] { Delete(key, IncidentKeys.Unsent(m.Number)), Put(IncidentEntities.Sent(key, m)) }),
                cancellationToken);
            return true;
        }
        catch (RequestFailedException gone) when (IsRowGone(gone))
        {
            return false;
        }
    }

    private async Task<List<string>> ThereAsync(string key, List<string> rows, CancellationToken cancellationToken)
    {
        var there = new List<string>();
        foreach (var row in rows)
        {
            var found = await AskAsync(
                () => reads.GetEntityIfExistsAsync<TableEntity>(key, row, ["RowKey"], cancellationToken), cancellationToken);
            if (found.HasValue) there.Add(row);
        }

        return there;
    }

    private Task<IReadOnlyList<T>> ReadRangeAsync<T>(
        string baseline, (string First, string End) range, int most, Func<TableEntity, T> read, CancellationToken cancellationToken)
    {
        var key = TableKeys.Incidents(baseline);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey ge {range.First} and RowKey lt {range.End}");
        return ReadAsync(filter, most, read, cancellationToken);
    }

    private Task<IReadOnlyList<T>> ReadAsync<T>(
        string filter, int most, Func<TableEntity, T> read, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var rows = new List<T>();
        await foreach (var entity in reads.QueryAsync<TableEntity>(filter, Math.Min(most, 1_000), cancellationToken: cancellationToken))
        {
            rows.Add(read(entity));
            if (rows.Count == most) break;
        }

        return (IReadOnlyList<T>)rows;
    }, cancellationToken);

    private static bool IsRowGone(RequestFailedException failed) =>
        failed.Status == 404 && failed.ErrorCode != TableErrorCode.TableNotFound;

    private static TableTransactionAction Put(TableEntity entity) => new(TableTransactionActionType.UpsertReplace, entity);

    private static TableTransactionAction Delete(string key, string row) =>
        new(TableTransactionActionType.Delete, new TableEntity(key, row), ETag.All);

    private static Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken) =>
        StorageFaults.AskAsync(LineageTable.Store, ask, cancellationToken);
}
