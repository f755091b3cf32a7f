using Changeling.Ancestry;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Findings;
using Changeling.Partitions;
using Changeling.Rarity;
using Changeling.Storing;

namespace Changeling.Pipeline;

/// <summary>
/// Processes one event partition's batch: read, place, score, load, decide, find, commit, send. Does not depend on HTTP, Azure or the
/// Functions host. One instance serves all partitions of a process; calls for the same partition wait for each other.
/// </summary>
public sealed class BatchPipeline(IBaselineStore store, IDeadLetterStore deadLetters, PipelineSettings settings)
{
    /// <summary>
    /// Maximum number of consecutive commits with unknown outcome. After that, the batch fails and the host delivers it again.
    /// </summary>
    private const int MaxUnknownCommits = 3;

    private readonly MessageReader _reader = new(settings.Message, settings.Format);
    private readonly PartitionGates _partitions = new(store, settings);
    private readonly Decider _decider = new(settings.EmitAfter);
    private readonly FindingMaker _maker = new(new FindingSettings(settings.HalfLifeDays, settings.DetectionFormat, settings.Alerts));

    /// <summary>Processes one batch; safe to repeat with the same or another cut of the same messages.</summary>
    /// <param name="batch">Messages of one event partition, in its order.</param>
    /// <param name="snapshot">Model, prior and rules for the whole batch.</param>
    /// <param name="cancellationToken">Stops between requests; what is committed stays committed.</param>
    /// <returns>The committed detections of these messages, to be emitted now, with counts of what happened.</returns>
    /// <exception cref="StoreUnavailableException">A store cannot be used now: the same batch is to be handed over again.</exception>
    public async Task<BatchOutcome> ProcessAsync(EventBatch batch, PipelineSnapshot snapshot, CancellationToken cancellationToken)
    {
        var delivery = new Delivery(batch, _reader);
        using var partition = await _partitions.EnterAsync(batch.Partition, cancellationToken);
        try
        {
            if (delivery.FirstSequenceNumber is { } first) partition.Baseline.ExpectNext(first);
            while (delivery.TryBeginPart())
            {
                await PlaceAsync(delivery, partition.Baseline, snapshot, cancellationToken);
                while (delivery.Next(after: 0, cancellationToken) is not null)
                    await AdvanceAsync(delivery, partition.Baseline, snapshot, cancellationToken);
                await AnswerReplaysAsync(delivery, partition.Baseline, cancellationToken);
            }
        }
        catch
        {
            // The cached histories already contain the launches of the chunk that was begun. Unless they are dropped, the retry would count
            // these twice.
            partition.Baseline.Forget();
            throw;
        }

        return delivery.Outcome(settings.EmitAfter) with { CachedRows = partition.Baseline.CachedRows };
    }

    /// <summary>
    /// Reads a message before its batch is complete, and scores its events, which are remembered then. It does not depend on counts, so it
    /// can be called on other threads while earlier messages are decided; the outcome of the batch stays the same.
    /// </summary>
    /// <param name="body">The bytes of the message.</param>
    /// <param name="snapshot">The model.</param>
    public MessageContent ReadEarly(ReadOnlyMemory<byte> body, PipelineSnapshot snapshot)
    {
        var content = new MessageContent(_reader.Read(body, out var size), size);
        foreach (var e in content.Events) Scorer.ScoreEarly(e, snapshot);
        return content;
    }

    /// <summary>Decides, finds and commits as many records as fit into one transaction.</summary>
    private async Task AdvanceAsync(
        Delivery delivery, PartitionBaseline baseline, PipelineSnapshot snapshot, CancellationToken cancellationToken)
    {
        var chunk = await DecideAsync(delivery, baseline, snapshot, cancellationToken);
        if (await FindAsync(delivery, chunk, baseline, snapshot, cancellationToken) is not { } findings)
        {
            await DecideAgainAsync(delivery, baseline, snapshot, cancellationToken);
            return;
        }

        await KeepDeadLettersAsync(baseline.Partition.Source, chunk, cancellationToken);
        await CommitAsync(delivery, chunk, findings, baseline, snapshot, cancellationToken);
    }

    /// <summary>The event partitions that this process has worked on.</summary>
    public IReadOnlyCollection<EventPartition> Partitions => _partitions.Known;

    /// <summary>The counts of a partition, for the other partitions to read. Waits for a batch that is in progress.</summary>
    /// <param name="partition">One of <see cref="Partitions"/>.</param>
    /// <param name="last">The partition's last snapshot, if any.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>
    /// <see langword="null"/> while its counts are not known: before the first commit, and after a failure until the next batch.
    /// </returns>
    public async Task<PartitionSnapshot?> SnapshotAsync(
        EventPartition partition, PartitionSnapshot? last, CancellationToken cancellationToken)
    {
        using var entered = await _partitions.EnterAsync(partition, cancellationToken);
        return entered.Baseline.Snapshot(last);
    }

    /// <summary>The rows of a partition that this process has in memory. Waits for a batch that is in progress.</summary>
    public async Task<PartitionCache> CacheAsync(EventPartition partition, CancellationToken cancellationToken)
    {
        using var entered = await _partitions.EnterAsync(partition, cancellationToken);
        return entered.Baseline.Cache();
    }

    /// <summary>Continues a partition with the rows that another process had in memory at the watermark in the store.</summary>
    public async Task TakeOverAsync(EventPartition partition, PartitionCache cache, CancellationToken cancellationToken)
    {
        using var entered = await _partitions.EnterAsync(partition, cancellationToken);
        await entered.Baseline.TakeOverAsync(cache, cancellationToken);
    }

    /// <summary>Compares the batch with the watermark: records at or below it are replays.</summary>
    private static async Task PlaceAsync(
        Delivery delivery, PartitionBaseline baseline, PipelineSnapshot snapshot, CancellationToken cancellationToken) =>
        delivery.PlaceAbove(await baseline.WatermarkAsync(snapshot.Fleet.SnapshotOf(baseline.Partition.Source), cancellationToken));

    /// <summary>Takes the detections of replays from the outbox.</summary>
    private static async Task AnswerReplaysAsync(Delivery delivery, PartitionBaseline baseline, CancellationToken cancellationToken)
    {
        if (delivery.Replayed is var (from, to)) delivery.Emit(await baseline.DetectionsAsync(from, to, cancellationToken));
    }

    /// <summary>Scores records, reads their rows ahead and decides on one record after the other, until a transaction is full.</summary>
    private async Task<Chunk> DecideAsync(
        Delivery delivery, PartitionBaseline baseline, PipelineSnapshot snapshot, CancellationToken cancellationToken)
    {
        var chunk = new Chunk(delivery.LearningSince, baseline);
        var others = snapshot.Fleet.Without(baseline.Partition.Source);
        while (delivery.Next(after: chunk.Entries.Count, cancellationToken) is not null)
        {
            foreach (
                var record in await ReadAhead.LoadAsync(delivery, after: chunk.Entries.Count, baseline, snapshot, cancellationToken))
            {
                var decision = _decider.Decide(record, ReadAhead.Before(record, baseline, others), snapshot, delivery.LearningSince);
                if (decision is not null)
                    decision = record.Guard(static a => Placed(a.Decision, a.Baseline), (Decision: decision, Baseline: baseline));
                if (!chunk.TryAdd(record, decision) || baseline.IsFull) return chunk;
            }
        }

        return chunk;
    }

    /// <summary>Looks up where a launch that is reported stands in its tree, and remembers each launch for its children.</summary>
    private static Decision Placed(Decision decision, PartitionBaseline baseline)
    {
        var e = decision.Evidence.Event;
        if (decision.MayBeSignal) decision = decision with { Ancestors = baseline.Processes.AncestorsOf(e) };
        baseline.Processes.Add(SeenProcess.Of(e, decision.Evidence.Prediction.Probability));
        return decision;
    }

    private async Task<ChunkFindings?> FindAsync(
        Delivery delivery, Chunk chunk, PartitionBaseline baseline, PipelineSnapshot snapshot, CancellationToken cancellationToken) =>
        await ChunkFindings.OfAsync(
            chunk, _maker, delivery.Explanations, baseline, snapshot, settings.KeepsDecided, cancellationToken);

    /// <summary>
    /// Called when a bug in Changeling made a record fail after it was counted. The record is a dead letter now, and the others are decided
    /// again.
    /// </summary>
    private static Task DecideAgainAsync(
        Delivery delivery, PartitionBaseline baseline, PipelineSnapshot snapshot, CancellationToken cancellationToken)
    {
        baseline.Forget();
        return PlaceAsync(delivery, baseline, snapshot, cancellationToken);
    }

    private async Task KeepDeadLettersAsync(EventPartition partition, Chunk chunk, CancellationToken cancellationToken)
    {
        if (chunk.DeadLetters.Count > 0) await deadLetters.WriteAsync(partition, chunk.DeadLetters, cancellationToken);
    }

    private static async Task CommitAsync(
        Delivery delivery, Chunk chunk, ChunkFindings findings, PartitionBaseline baseline, PipelineSnapshot snapshot,
        CancellationToken cancellationToken)
    {
        var result = await OverlappedAsync(
            baseline.CommitAsync(version => chunk.ToCommit(findings, version), cancellationToken),
            () => ReadAhead.Score(delivery, after: chunk.Entries.Count, snapshot, cancellationToken));
        switch (result.Outcome)
        {
            case CommitOutcome.Committed:
                delivery.Committed(chunk, findings);
                return;

            case CommitOutcome.Unknown when delivery.UnknownInARow < MaxUnknownCommits:
                delivery.OutcomeUnknown();
                break;

            case CommitOutcome.Refused when delivery.TryNarrow(chunk, result.Detail):
                break;

            default:
                throw new StoreUnavailableException(
                    $"baseline {baseline.Partition}: a commit did not go through ({result.Outcome}: {result.Detail}); the batch is to be tried again.");
        }

        await PlaceAsync(delivery, baseline, snapshot, cancellationToken);
    }
    /// <summary>Works while a commit is on its way; the commit has ended when this returns or throws.</summary>
    private static async Task<CommitResult> OverlappedAsync(Task<CommitResult> commit, Action work)
    {
        try
        {
            if (!commit.IsCompleted) work();
        }
        catch
        {
            await commit;
            throw;
        }

        return await commit;
    }
}
