using Changeling.Counts;
using Changeling.Storing;

namespace Changeling.Operations;

/// <summary>
/// Empties a partition so that no crash leaves half of it to be believed (docs/decisions/0010). First the watermark is marked: from
/// then on every app is refused, and its host keeps the batches. Then the rows go, and last the mark. The position stays, so that
/// nothing is counted or decided twice; so do detections, because they may be asked for again.
/// </summary>
public sealed class BaselineReset(IBaselineRows store)
{
    private const int MaxTries = 50;

    /// <summary>Empties one partition; a reset that was interrupted is finished.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="entirely">Whether the outbox and the watermark go as well: for a hub or consumer group that is no more.</param>
    /// <param name="progress">Receives how many rows are gone.</param>
    /// <param name="cancellationToken">Stops between transactions; the partition stays marked until a reset ends.</param>
    /// <returns>Rows deleted by this call; <see langword="null"/> when there is no such partition.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be used now, or an app commits all the time.</exception>
    public async Task<long?> RunAsync(
        BaselinePartition partition, bool entirely, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        if (await MarkAsync(partition, cancellationToken) is null) return null;

        var (deleted, failed, after) = (0L, 0, (string?)null);
        do
        {
            var page = await store.ReadKeyPageAsync(partition, after, cancellationToken);
            var gone = true;
            foreach (var some in page.Rows.Where(row => entirely || !row.IsDetection).Select(row => row.Key).Chunk(BaselineCommit.MaxRows))
            {
                // Where another reset or the sweep was faster, or the answer was lost, the page says what is left.
                if (!(gone = await DeleteAsync(partition, some, cancellationToken))) break;
                deleted += some.Length;
                progress?.Report(deleted);
            }

            if (gone) after = page.Last;
            else if (++failed == MaxTries)
                throw new StoreUnavailableException($"baseline partition {partition}: rows cannot be deleted now; run the reset again.");
            if (!gone) after ??= "";
        }
        while (after is not null);

        await EditAsync(
            partition,
            guard => new BaselineEdit(guard.Version, entirely ? null : Emptied(guard.Watermark)),
            guard => !guard.IsResetting,
            cancellationToken);
        return deleted;
    }

    /// <summary>The same position and clock; learning begins again.</summary>
    private static Watermark Emptied(Watermark watermark) =>
        watermark with { LearningSince = watermark.HighestEnqueuedTime, Surprises = "" };

    private Task<PartitionGuard?> MarkAsync(BaselinePartition partition, CancellationToken cancellationToken) => EditAsync(
        partition, guard =>
            new BaselineEdit(guard.Version, guard.Watermark) { IsResetting = true }, guard => guard.IsResetting, cancellationToken);

    private async Task<bool> DeleteAsync(BaselinePartition partition, string[] keys, CancellationToken cancellationToken)
    {
        if (await store.ReadGuardAsync(partition, cancellationToken) is not { IsResetting: true } guard)
            throw new StoreUnavailableException(
                $"baseline partition {partition}: another reset has ended meanwhile; look at it, and reset it again if need be.");
        var result = await store.EditAsync(
            partition, new BaselineEdit(guard.Version, guard.Watermark) { IsResetting = true, Deletes = keys }, cancellationToken);
        return result.Outcome == CommitOutcome.Refused ? throw Refused(partition, result) : result.Outcome == CommitOutcome.Committed;
    }

    private async Task<PartitionGuard?> EditAsync(
        BaselinePartition partition, Func<PartitionGuard, BaselineEdit> toEdit, Func<PartitionGuard, bool> isDone,
        CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (await store.ReadGuardAsync(partition, cancellationToken) is not { } guard) return null;
            if (isDone(guard)) return guard;
            var result = await store.EditAsync(partition, toEdit(guard), cancellationToken);
            if (result.Outcome == CommitOutcome.Committed) return guard;
            if (result.Outcome == CommitOutcome.Refused) throw Refused(partition, result);
        }

        throw new StoreUnavailableException($"baseline partition {partition}: an app commits all the time; stop it, or try again.");
    }

    private static StoreUnavailableException Refused(BaselinePartition partition, CommitResult result) =>
        new($"baseline partition {partition}: the store refuses the edit ({result.Detail}).");
}
