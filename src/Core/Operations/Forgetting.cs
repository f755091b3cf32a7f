using Changeling.Counts;
using Changeling.Storing;

namespace Changeling.Operations;

/// <summary>
/// Deletes the data about a host or user from a partition. A detection may be needed again while the hub can redeliver its message, and
/// signals until they are gathered into incidents, because their row has those of other hosts as well. Until then they are kept, unless
/// the caller requests their deletion (docs/decisions/0010).
/// </summary>
/// <param name="rows">The store.</param>
/// <param name="hub">How long the hub keeps messages.</param>
public sealed class Forgetting(IBaselineRows rows, TimeSpan hub)
{
    private const int MaxTries = 50;
    private static readonly TimeSpan BeyondTheHub = TimeSpan.FromDays(1);

    /// <summary>Deletes the data from one partition.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="named">The host or user.</param>
    /// <param name="kind">Host or user.</param>
    /// <param name="gathered">The signals that incidents have read; <see langword="null"/> for none.</param>
    /// <param name="isNow">Whether detections and signals that are still needed are deleted as well.</param>
    /// <param name="isDryRun">Whether nothing is deleted.</param>
    /// <param name="cancellationToken">Stops between transactions; rows that were deleted stay deleted.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be used now, or an app commits all the time.</exception>
    public async Task<Forgotten> RunAsync(
        BaselinePartition partition, NamedIn named, OccurrenceKind kind, SignalsRead? gathered, bool isNow, bool isDryRun,
        CancellationToken cancellationToken)
    {
        if (await rows.ReadGuardAsync(partition, cancellationToken) is not { } guard) return default;
        var keys = await rows.OccurrencesAsync(partition, kind, cancellationToken)
            .Where(s => named.Is(s.Name))
            .Select(s => s.Key)
            .ToListAsync(cancellationToken);
        keys.AddRange(
            await rows.RuleRowsAsync(partition, kind, cancellationToken)
                .Where(r => named.Is(r.Name))
                .Select(r => r.Key)
                .ToListAsync(cancellationToken));
        var (gone, kept) = (new List<string>(), 0);
        await foreach (var entry in rows.DetectionsAsync(partition, cancellationToken))
        {
            if (!named.In(entry.Detection.Body)) continue;
            if (isNow || IsPast(entry.Detection, guard.Watermark)) gone.Add(entry.Key);
            else kept++;
        }

        // After the partition began again, positions that were read before say nothing.
        var read = gathered?.Since == guard.Watermark.LearningSince ? gathered.Last : null;
        await foreach (var (key, signals) in rows.SignalsAsync(partition, cancellationToken))
        {
            if (!named.In(signals.Body)) continue;
            if (isNow || signals.First <= read) keys.Add(key);
            else kept++;
        }

        if (isDryRun) return new Forgotten(keys.Count, gone.Count, kept);
        foreach (var some in keys.Concat(gone).Chunk(BaselineCommit.MaxRows)) await DeleteAsync(partition, some, cancellationToken);
        return new Forgotten(keys.Count, gone.Count, kept);
    }

    private bool IsPast(StoredDetection detection, Watermark watermark) =>
        detection.EnqueuedTime is { } time && watermark.HighestEnqueuedTime - time > hub + BeyondTheHub;

    private async Task DeleteAsync(BaselinePartition partition, string[] keys, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (await rows.ReadGuardAsync(partition, cancellationToken) is not { } guard) return;
            var edit = new BaselineEdit(guard.Version, guard.Watermark) { IsResetting = guard.IsResetting, Deletes = keys };
            var result = await rows.EditAsync(partition, edit, cancellationToken);
            if (result.Outcome == CommitOutcome.Committed) return;
            if (result.Outcome == CommitOutcome.Refused)
                throw new StoreUnavailableException($"baseline partition {partition}: the store refuses the edit ({result.Detail}).");

            // Another owner committed first, the answer was lost, or a row no longer exists: delete the rows that are left.
            keys = await LeftAsync(partition, keys, cancellationToken);
            if (keys.Length == 0) return;
        }

        throw new StoreUnavailableException($"baseline partition {partition}: an app commits all the time; stop it, and run this again.");
    }

    private async Task<string[]> LeftAsync(BaselinePartition partition, string[] keys, CancellationToken cancellationToken)
    {
        var (there, after) = (new HashSet<string>(StringComparer.Ordinal), (string?)null);
        do
        {
            var page = await rows.ReadKeyPageAsync(partition, after, cancellationToken);
            there.UnionWith(page.Rows.Select(r => r.Key).Where(keys.Contains));
            after = page.Last;
        }
        while (after is not null);
        return [.. there];
    }
}

/// <summary>What was deleted, or would be.</summary>
/// <param name="Rows">Other rows that name the host or user: occurrences, caps, sums, histories, signals, incidents.</param>
/// <param name="Detections">Detections, and messages about incidents.</param>
/// <param name="Kept">
/// Rows that were kept because they are still needed: detections that a redelivery may need or that are not sent yet, and signals that are
/// not gathered yet.
/// </param>
public readonly record struct Forgotten(int Rows, int Detections, int Kept)
{
    /// <summary>The sum of two results.</summary>
    public static Forgotten operator +(Forgotten a, Forgotten b) => new(a.Rows + b.Rows, a.Detections + b.Detections, a.Kept + b.Kept);
}
