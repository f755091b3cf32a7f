using Changeling.Counts;
using Changeling.Storing;

namespace Changeling.Operations;

/// <summary>
/// Deletes the rows of a partition so that a crash leaves no incomplete counts in use (docs/decisions/0010). First the watermark is marked:
/// from then on every app is refused, and its host retries the batches. Then the rows are deleted, and last the mark. The position is kept,
/// so that nothing is counted or decided twice. Detections are kept because a redelivery may need them.
/// </summary>
public sealed class BaselineReset(IBaselineRows store)
{
    private const int MaxTries = 50;

    /// <summary>Deletes the rows of one partition. Also completes a reset that was interrupted.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="entirely">
    /// Whether the outbox and the watermark are deleted as well, for a hub or consumer group that no longer exists.
    /// </param>
    /// <param name="progress">Receives the number of deleted rows.</param>
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
                // If another reset or the sweep deleted rows first, or the answer was lost, the next page shows which rows are left.
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
        watermark with { LearningSince = watermark.HighestEnqueuedTime, Surprises = "", Hosts = "" };

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
