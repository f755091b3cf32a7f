using Azure;
using Azure.Data.Tables;
using Changeling.Counts;
using Changeling.Operations;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>
/// The cluster rules' rows: table partition <c>{baseline}:clusters</c> of table <c>lineage</c>. Its state row is called <c>watermark</c> as
/// everywhere, so that sweeping finds its clock there.
/// </summary>
/// <param name="reads">A client that retries.</param>
/// <param name="commits">A client with retries off: a step sent twice would hide whether the first was applied.</param>
public sealed class ClusterTable(TableClient reads, TableClient commits) : IClusterStore
{
    /// <summary>Opens the table of an account.</summary>
    public static ClusterTable Open(StorageClients clients)
    {
        var once = new TableClientOptions { Retry = { MaxRetries = 0, NetworkTimeout = LineageTable.CommitTimeout } };
        return new ClusterTable(
            clients.Tables().GetTableClient(LineageTable.TableName), clients.Tables(once).GetTableClient(LineageTable.TableName));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<(string Partition, Watermark Watermark)>> PartitionsAsync(
        string baseline, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var partitions = (await new SweepTable(reads).PartitionsAsync(baseline, cancellationToken)).Where(TableKeys.IsEventPartition);
        var watermarks = await Task.WhenAll(
            partitions.Select(
                async partition => (Partition: partition, Row: await reads.GetEntityIfExistsAsync<TableEntity>(
                    partition, TableKeys.Watermark, cancellationToken: cancellationToken))));
        return (IReadOnlyList<(string, Watermark)>)
        [
            .. watermarks.Where(w => w.Row.HasValue).Select(w => (w.Partition, LineageEntities.Watermark(w.Row.Value!))),
        ];
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MaliciousSum>> SumsAsync(
        string partition, ClockWindow first, ClockWindow last, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var (from, end) = (TableKeys.SumRange(first).First, TableKeys.SumRange(last).End);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {end}");
        var sums = new List<MaliciousSum>();
        await foreach (var entity in reads.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            sums.Add(LineageEntities.Sum(entity));
        return (IReadOnlyList<MaliciousSum>)sums;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<(ClusterState State, string Version)?> ReadStateAsync(
        string baseline, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var row = await reads.GetEntityIfExistsAsync<TableEntity>(
            TableKeys.Clusters(baseline), TableKeys.Watermark, cancellationToken: cancellationToken);
        if (!row.HasValue) return ((ClusterState, string)?)null;
        var entity = row.Value!;
        LineageEntities.Watermark(entity);
        return (
            new ClusterState(
                new ClockWindow(entity.GetInt32("Window") ?? 0), entity.GetString("After"), new ClockWindow(entity.GetInt32("Since") ?? 0)),
            entity.ETag.ToString());
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<EntityHistory?> ReadHistoryAsync(
        string baseline, ClusterKind kind, string entity, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var row = await reads.GetEntityIfExistsAsync<TableEntity>(
            TableKeys.Clusters(baseline), TableKeys.History(kind, entity), cancellationToken: cancellationToken);
        return row.HasValue
            ? new EntityHistory(
                kind,
                entity,
                new ClockWindow(row.Value!.GetInt32("Window") ?? 0),
                row.Value.GetDouble("Sum") ?? 0,
                row.Value.GetDouble("Squares") ?? 0)
            : null;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<ExceptionCount?> ReadExceptionAsync(string baseline, string id, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var row = await reads.GetEntityIfExistsAsync<TableEntity>(
            TableKeys.Clusters(baseline), TableKeys.Exception(id), cancellationToken: cancellationToken);
        return row.HasValue ? LineageEntities.Exception(row.Value!) : null;
    }, cancellationToken);

    /// <inheritdoc/>
    public async Task<string?> CommitAsync(string baseline, ClusterStep change, CancellationToken cancellationToken)
    {
        var key = TableKeys.Clusters(baseline);
        var state = State(key, change.Next);
        var actions = new List<TableTransactionAction>
        {
            change.ExpectedVersion is { } expected
                ? new(TableTransactionActionType.UpdateReplace, state, new ETag(expected))
                : new(TableTransactionActionType.Add, state),
        };
        actions.AddRange(
            change.Histories.Select(h => new TableTransactionAction(TableTransactionActionType.UpsertReplace, History(key, h))));
        actions.AddRange(
            change.Detections.Select(d => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Detection(key, d))));
        actions.AddRange(
            change.Exceptions.Select(
                e => new TableTransactionAction(TableTransactionActionType.UpsertReplace, LineageEntities.Of(key, e))));
        try
        {
            var answer = await commits.SubmitTransactionAsync(actions, cancellationToken);
            return answer.Value[0].Headers.ETag?.ToString();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return CommitFaults.ResultOf(exception)?.Outcome == CommitOutcome.Unknown
                ? null
                : throw StorageFaults.Unavailable(LineageTable.Store, exception);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ClusterDetection>> UnemittedAsync(
        string baseline, int most, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var key = TableKeys.Clusters(baseline);
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {key} and RowKey ge {"detection|"} and RowKey lt {"detection}"} and Emitted eq {false}");
        var found = new List<ClusterDetection>();
        await foreach (var entity in reads.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            found.Add(Detection(entity));
        }

        return (IReadOnlyList<ClusterDetection>)[.. InOrder(found).Take(most)];
    }, cancellationToken);

    /// <summary>The detections of some windows that are not suppressed, emitted or not, in order of window.</summary>
    /// <param name="baseline">The set of counts.</param>
    /// <param name="after">The window before the first; <see langword="null"/> to begin.</param>
    /// <param name="last">The last window.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    internal Task<IReadOnlyList<ClusterDetection>> FoundAsync(
        string baseline, ClockWindow? after, ClockWindow last, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var (key, (newest, oldest)) = (TableKeys.Clusters(baseline), TableKeys.DetectionRange(after, last));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key} and RowKey ge {newest} and RowKey lt {oldest}");
        var found = new List<ClusterDetection>();
        await foreach (var entity in reads.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (entity.GetBoolean("Suppressed") != true) found.Add(Detection(entity));
        }

        return (IReadOnlyList<ClusterDetection>)[.. InOrder(found)];
    }, cancellationToken);

    /// <inheritdoc/>
    public Task MarkEmittedAsync(
        string baseline, IReadOnlyList<ClusterDetection> detections, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var key = TableKeys.Clusters(baseline);
        foreach (var detection in detections)
        {
            try
            {
                var mark = new TableEntity(
                    key, TableKeys.Detection(detection.Window, detection.RuleId, detection.Entity))
                { ["Emitted"] = true };
                await reads.UpdateEntityAsync(mark, ETag.All, TableUpdateMode.Merge, cancellationToken);
            }
            catch (RequestFailedException gone) when (gone.Status == 404 && gone.ErrorCode == "ResourceNotFound")
            {
                // The row was swept in the meantime and needs no mark.
            }
        }

        return true;
    }, cancellationToken);

    /// <summary>
    /// Deletes the rows that name a host or user: histories, and detections that were sent or suppressed.
    /// </summary>
    /// <param name="baseline">The set of counts.</param>
    /// <param name="named">The host or user.</param>
    /// <param name="kind">Host or user.</param>
    /// <param name="isDryRun">Whether nothing is deleted.</param>
    /// <param name="cancellationToken">Stops between transactions; rows that were deleted stay deleted.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be used now, or the timer commits all the time.</exception>
    public Task<Forgotten> ForgetAsync(
        string baseline, NamedIn named, OccurrenceKind kind, bool isDryRun, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var key = TableKeys.Clusters(baseline);
        var (rows, detections, kept) = (new List<string>(), new List<string>(), 0);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {key}");
        await foreach (var entity in reads.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (TableKeys.IsHistoryOf(entity.RowKey, kind) && named.Is(entity.GetString("Entity") ?? "")) rows.Add(entity.RowKey);
            if (!TableKeys.IsDetection(entity.RowKey) || !named.In(entity.GetBinaryData("Body").ToMemory())) continue;
            if (entity.GetBoolean("Emitted") == true) detections.Add(entity.RowKey);
            else kept++;
        }

        if (!isDryRun)
            await new GuardedDeletes(reads, commits, "EvaluateClusters").RunAsync(key, rows.Concat(detections), cancellationToken);

        return new Forgotten(rows.Count, detections.Count, kept);
    }, cancellationToken);

    /// <summary>The sweep uses the highest enqueued time as the clock: rows that are older than their retention may be swept.</summary>
    private static TableEntity State(string key, ClusterState state)
    {
        var entity = new TableEntity(key, TableKeys.Watermark)
        {
            ["SchemaVersion"] = Watermark.SchemaVersion,
            ["HighestEnqueuedTime"] = state.Window.End,
            ["Window"] = state.Window.Number,
            ["Since"] = state.Since.Number,
        };
        if (state.After is { } after) entity["After"] = after;
        return entity;
    }

    private static TableEntity History(string key, EntityHistory history) => new(key, TableKeys.History(history.Kind, history.Entity))
    {
        ["Window"] = history.Window.Number,
        ["Sum"] = history.Sum,
        ["Squares"] = history.Squares,
        ["Entity"] = history.Entity,
    };

    /// <summary>A suppressed detection is never sent, so it is marked as sent from the start.</summary>
    private static TableEntity Detection(string key, ClusterDetection detection)
    {
        var entity = new TableEntity(key, TableKeys.Detection(detection.Window, detection.RuleId, detection.Entity))
        {
            ["Body"] = BinaryData.FromBytes(detection.Body),
            ["EnqueuedTime"] = detection.Window.End,
            ["Emitted"] = detection.IsSuppressed,
            ["Window"] = detection.Window.Number,
            ["Rule"] = detection.RuleId,
            ["Entity"] = detection.Entity,
        };
        if (detection.IsSuppressed) entity["Suppressed"] = true;
        return entity;
    }

    private static ClusterDetection Detection(TableEntity entity) => new(
        new ClockWindow(entity.GetInt32("Window") ?? 0),
        entity.GetString("Rule") ?? "",
        entity.GetString("Entity") ?? "",
        entity.GetBinaryData("Body").ToMemory());

    private static IEnumerable<ClusterDetection> InOrder(IEnumerable<ClusterDetection> detections) => detections
        .OrderBy(d => d.Window)
        .ThenBy(d => d.RuleId, StringComparer.Ordinal)
        .ThenBy(d => d.Entity, StringComparer.Ordinal);

    private static Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken) =>
        StorageFaults.AskAsync(LineageTable.Store, ask, cancellationToken);
}
