using System.IO.Compression;
using Changeling.Ancestry;
using Changeling.Backtest.Fleet;
using Changeling.Backtest.Recordings;
using Changeling.Counts;
using Changeling.Partitions;
using Changeling.Rarity;
using Changeling.Storing;

namespace Changeling.Backtest.Checkpoints;

/// <summary>
/// The counts in a checkpoint: the rows of each partition, which of them are in memory, the partition's last snapshot, and the states of
/// the cluster rules and of the incidents.
/// </summary>
internal static class CountsPart
{
    private const string StatePart = "counts.json";

    public static async Task WriteAsync(ZipArchive archive, FleetCounts counts)
    {
        var (partitions, fleet) = (new List<string>(), new List<FleetState>());
        foreach (var partition in counts.Partitions)
        {
            if (counts.Store.Copy(counts.Named(partition)) is not { } rows) continue;
            partitions.Add(partition.Id);
            var cache = await counts.Pipeline.CacheAsync(partition, CancellationToken.None);
            RowsPart.Write(archive, Rows(partition.Id), partition, rows.Watermark, rows.Launches);
            RowsPart.Write(archive, Cached(partition.Id), partition, rows.Watermark, RowsPart.Flat(cache.Parents));
            CheckpointJson.Write(
                archive, Rules(partition.Id), new RuleRowsState(
                    rows.Occurrences, rows.Sums, rows.Quotas, rows.Signals, cache.Occurrences, cache.Quotas, cache.Processes,
                    cache.Signals));
            if (counts.Snapshot.Fleet.SnapshotOf(partition) is not { } known) continue;
            fleet.Add(new(partition.Id, known.Occurrences));
            var watermark = new Watermark(known.Position, known.Clock, known.LearningSince) { Surprises = known.Surprises };
            RowsPart.Write(
                archive, Fleet(partition.Id), partition, watermark, RowsPart.Flat(known.Parents.Select(p => (p.Key, p.Value.Rows))));
        }

        var incidents = counts.Incidents is { } timer ? await timer.StateAsync() : null;
        CheckpointJson.Write(archive, StatePart, new CountsState(partitions, fleet, await counts.Timer.StateAsync(), incidents));
    }

    /// <summary>Restores everything into empty counts.</summary>
    /// <exception cref="InvalidDataException">A part is missing or damaged.</exception>
    public static async Task ReadAsync(ZipArchive archive, FleetCounts counts, CancellationToken cancellationToken)
    {
        var state = CheckpointJson.Read<CountsState>(archive, StatePart);
        foreach (var id in state.Partitions)
        {
            var partition = History.Partition(id);
            var (watermark, launches) = await RowsPart.ReadAsync(archive, Rows(id), cancellationToken);
            var rules = CheckpointJson.Read<RuleRowsState>(archive, Rules(id));
            var rows = new PartitionRows(watermark)
            {
                Launches = launches,
                Occurrences = rules.Occurrences,
                Sums = rules.Sums,
                Quotas = rules.Quotas,
                Signals = rules.Signals,
            };
            await rows.RestoreAsync(counts.Store, counts.Named(partition), cancellationToken);
            var (_, cached) = await RowsPart.ReadAsync(archive, Cached(id), cancellationToken);
            await counts.Pipeline.TakeOverAsync(
                partition,
                new(RowsPart.ByParent(cached), rules.CachedOccurrences, rules.CachedQuotas, rules.Processes, rules.RecentSignals),
                cancellationToken);
        }

        var snapshots = new List<PartitionSnapshot>();
        foreach (var known in state.Fleet) snapshots.Add(await SnapshotAsync(archive, known, cancellationToken));
        counts.TakeFleet(snapshots);
        if (state.Clusters is { } clusters) await counts.Timer.TakeOverAsync(clusters, cancellationToken);
        if (state.Incidents is { } incidents) await counts.Incidents!.TakeOverAsync(incidents, cancellationToken);
    }

    /// <summary>
    /// The row version is empty, so that no partition starts warm from this snapshot. The rows in memory are restored from a part of their
    /// own.
    /// </summary>
    private static async Task<PartitionSnapshot> SnapshotAsync(ZipArchive archive, FleetState state, CancellationToken cancellationToken)
    {
        var (watermark, rows) = await RowsPart.ReadAsync(archive, Fleet(state.Partition), cancellationToken);
        return new PartitionSnapshot
        {
            Partition = History.Partition(state.Partition),
            Version = "",
            Position = watermark.Position,
            Clock = watermark.HighestEnqueuedTime,
            LearningSince = watermark.LearningSince,
            Surprises = watermark.Surprises,
            Parents = RowsPart.ByParent(rows).ToDictionary(
                p => p.Parent, p => new ParentSnapshot(p.Rows, IsExact: false), StringComparer.Ordinal),
            Occurrences = state.Occurrences,
        };
    }

    private static string Rows(string partition) => $"rows/{partition}.jsonl";

    private static string Cached(string partition) => $"cached/{partition}.jsonl";

    private static string Fleet(string partition) => $"fleet/{partition}.jsonl";

    private static string Rules(string partition) => $"rules/{partition}.json";

    private sealed record RuleRowsState(
        IReadOnlyList<(OccurrenceKind Kind, string Child, CountRow Row)> Occurrences,
        IReadOnlyList<MaliciousSum> Sums,
        IReadOnlyList<(QuotaKey Key, Quota Quota)> Quotas,
        IReadOnlyList<StoredSignals> Signals,
        IReadOnlyList<(OccurrenceKind Kind, string Child, IReadOnlyList<CountRow> Rows)> CachedOccurrences,
        IReadOnlyList<(QuotaKey Key, Quota Quota)> CachedQuotas,
        IReadOnlyList<SeenProcess> Processes,
        RecentSignalsState RecentSignals);
}
