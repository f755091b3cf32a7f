using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Exceptions;
using Changeling.Partitions;
using Changeling.Rarity;
using Changeling.Rules;
using Changeling.Storing;

namespace Changeling.Pipeline;

/// <summary>
/// One event partition's batch on its way: read, predict, look up, decide, commit, emit. Knows nothing of HTTP, Azure or the
/// Functions host. One instance serves all partitions of a process; calls for the same partition wait for each other.
/// </summary>
public sealed class BatchPipeline(IBaselineStore store, IDeadLetterStore deadLetters, PipelineSettings settings)
{
    /// <summary>Unknown commit outcomes without progress before the host is asked to bring the batch back.</summary>
    private const int MaxUnknownCommits = 3;

    private readonly MessageReader _reader = new(settings.Message, settings.Format);
    private readonly PartitionGates _partitions = new(store, settings);
    private readonly EventJudge _judge = new(new DecisionSettings(settings.EmitAfter, settings.HalfLifeDays, settings.DetectionFormat, settings.KeepsJudged));

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
            await PlaceAsync(delivery, partition.Baseline, snapshot, cancellationToken);
            while (!delivery.IsDone)
            {
                var chunk = await DecideAsync(delivery, partition.Baseline, snapshot, cancellationToken);
                await KeepDeadLettersAsync(batch.Partition, chunk, cancellationToken);
                await CommitAsync(delivery, chunk, partition.Baseline, snapshot, cancellationToken);
            }
        }
        catch
        {
            // A chunk that was begun has counted in the cached histories already: without this, the retry would count it twice.
            partition.Baseline.Forget();
            throw;
        }

        return delivery.Outcome(settings.EmitAfter) with { CachedRows = partition.Baseline.CachedRows };
    }

    /// <summary>The event partitions that this process has worked on.</summary>
    public IReadOnlyCollection<EventPartition> Partitions => _partitions.Known;

    /// <summary>What a partition has counted, for the other partitions to read; waits for a batch that is in progress.</summary>
    /// <param name="partition">One of <see cref="Partitions"/>.</param>
    /// <param name="last">The partition's last snapshot, if any.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns><see langword="null"/> while nothing is known of it: before the first commit, and after a failure until the next batch.</returns>
    public async Task<PartitionSnapshot?> SnapshotAsync(EventPartition partition, PartitionSnapshot? last, CancellationToken cancellationToken)
    {
        using var entered = await _partitions.EnterAsync(partition, cancellationToken);
        return entered.Baseline.Snapshot(last);
    }

    /// <summary>What this process keeps in memory of a partition; waits for a batch that is in progress.</summary>
    public async Task<PartitionCache> CacheAsync(EventPartition partition, CancellationToken cancellationToken)
    {
        using var entered = await _partitions.EnterAsync(partition, cancellationToken);
        return entered.Baseline.Cache();
    }

    /// <summary>Goes on with a partition where another process stood at the watermark in the store.</summary>
    public async Task TakeOverAsync(EventPartition partition, PartitionCache cache, CancellationToken cancellationToken)
    {
        using var entered = await _partitions.EnterAsync(partition, cancellationToken);
        await entered.Baseline.TakeOverAsync(cache, cancellationToken);
    }

    /// <summary>Finds out where the batch stands, and answers what is at or below the watermark from the outbox.</summary>
    private static async Task PlaceAsync(
        Delivery delivery, PartitionBaseline baseline, PipelineSnapshot snapshot, CancellationToken cancellationToken)
    {
        if (delivery.FirstSequenceNumber is { } first) baseline.ExpectNext(first);
        delivery.PlaceAbove(await baseline.WatermarkAsync(snapshot.Fleet.SnapshotOf(baseline.Partition.Source), cancellationToken));
        if (delivery.Replayed is var (from, to)) delivery.Emit(await baseline.DetectionsAsync(from, to, cancellationToken));
    }

    /// <summary>Predicts, looks up and decides record after record, until a transaction is full.</summary>
    private async Task<Chunk> DecideAsync(
        Delivery delivery, PartitionBaseline baseline, PipelineSnapshot snapshot, CancellationToken cancellationToken)
    {
        var chunk = new Chunk(delivery.LearningSince, baseline.Surprises, baseline.RuleRows);
        foreach (var record in delivery.Next())
        {
            var history = record.Lineage is { } lineage ? await baseline.HistoryAsync(lineage.Parent, cancellationToken) : null;
            var judgement = await JudgeAsync(record, history, baseline, snapshot, delivery.LearningSince, cancellationToken);
            if (!chunk.Fits(judgement)) break;
            chunk.Add(record, judgement);
            if (baseline.IsFull) break;
        }

        return chunk;
    }

    /// <summary>Only an event classified as malicious, or one on which a rule fires, needs more rows than its parent's.</summary>
    private async ValueTask<Judgement> JudgeAsync(
        ArrivedRecord record, ParentHistory? history, PartitionBaseline baseline, PipelineSnapshot snapshot, DateTimeOffset learningSince, CancellationToken cancellationToken)
    {
        if (_judge.Gather(record, history, baseline.Surprises, snapshot, learningSince) is not { } evidence) return Judgement.Nothing;
        Seen? seen = null;
        if (evidence.IsMalicious && record.Lineage is { } lineage)
        {
            seen = await SeenReading.ReadAsync(evidence, lineage, record.Place.Clock, baseline, cancellationToken);
            evidence = seen.AddTo(evidence, snapshot.Fleet.Without(record.Partition));
        }

        if (EventJudge.Firing(record, evidence, snapshot.Rules) is not { } firing) return Judgement.Nothing;
        if (EventJudge.Consult(record, evidence, firing, isSummed: seen is not null, snapshot.Exceptions) is not { } ruling) return Judgement.Nothing;
        var capped = new List<(RuleDefinition, QuotaKey, Quota?)>(firing.Count);
        foreach (var rule in firing)
        {
            // What is suppressed takes nothing from a cap.
            var key = QuotaKey.Of(rule.Id, record.Lineage, evidence.Event);
            var isCapped = rule.MostPerHour is not null && !ruling.Suppressed.ContainsKey(rule.Id);
            capped.Add((rule, key, isCapped ? await baseline.RuleRows.QuotaAsync(key, cancellationToken) : null));
        }

        var exceptions = await CountAsync(ruling, record.Message.EnqueuedTime, baseline.RuleRows, cancellationToken);
        var judgement = _judge.Decide(record, history, evidence, capped, ruling, snapshot, learningSince);
        if (record.Event is null) return judgement;
        seen = ruling.Unsummed is null ? seen : seen! with { Sums = [] };
        return judgement with { Seen = seen, Judged = WithSums(judgement.Judged, seen), Exceptions = exceptions };
    }

    private static JudgedEvent? WithSums(JudgedEvent? judged, Seen? seen) =>
        judged is { } kept && seen is not null ? kept with { Summed = [.. seen.Sums.Select(s => s.Key)] } : judged;

    /// <summary>The rows of the exceptions that are hit, and of those nearly so.</summary>
    private static async ValueTask<IReadOnlyList<ExceptionCount>> CountAsync(ExceptionRuling ruling, DateTimeOffset enqueued, RuleRows rows, CancellationToken cancellationToken)
    {
        var counts = new List<ExceptionCount>();
        foreach (var id in ruling.Hits) counts.Add((await rows.ExceptionAsync(id, cancellationToken)).PlusHit(enqueued));
        foreach (var near in ruling.Near) counts.Add((await rows.ExceptionAsync(near.Item.Id, cancellationToken)).PlusNearMiss(enqueued));
        return counts;
    }

    private async Task KeepDeadLettersAsync(EventPartition partition, Chunk chunk, CancellationToken cancellationToken)
    {
        if (chunk.DeadLetters.Count > 0) await deadLetters.WriteAsync(partition, chunk.DeadLetters, cancellationToken);
    }

    private static async Task CommitAsync(
        Delivery delivery, Chunk chunk, PartitionBaseline baseline, PipelineSnapshot snapshot, CancellationToken cancellationToken)
    {
        var result = await baseline.CommitAsync(chunk.ToCommit, cancellationToken);
        switch (result.Outcome)
        {
            case CommitOutcome.Committed:
                delivery.Committed(chunk);
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
}
