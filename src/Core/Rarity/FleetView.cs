using System.Collections.Concurrent;
using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Rarity;

/// <summary>
/// The counts of the whole fleet, some minutes old: the sum of all partitions' snapshots. Immutable and safe to use from many threads. An
/// invocation uses one view from start to end.
/// </summary>
public sealed class FleetView
{
    private readonly Dictionary<EventPartition, PartitionSnapshot> _snapshots;
    private readonly Dictionary<string, Dictionary<string, FleetCount>> _totals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<EventPartition, OtherPartitions> _others = new();
    private readonly HalfLife _halfLife;
    private readonly int _day;

    private FleetView(IEnumerable<PartitionSnapshot> snapshots, HalfLife halfLife)
    {
        _halfLife = halfLife;
        _snapshots = snapshots.ToDictionary(s => s.Partition);
        _day = _snapshots.Values.SelectMany(s => s.Parents.Values)
            .SelectMany(p => p.Rows)
            .Select(r => r.Day)
            .DefaultIfEmpty(int.MinValue)
            .Max();
        foreach (var (parent, rows) in _snapshots.Values.SelectMany(s => s.Parents))
        {
            if (!_totals.TryGetValue(parent, out var children)) _totals[parent] = children = new(StringComparer.Ordinal);
            foreach (var row in rows.Rows)
            {
                var count = Launches(row);
                if (!count.IsPresent) continue;
                var key = row.Name ?? FleetParent.SharedChild;
                children[key] = children.TryGetValue(key, out var before)
                    ? before.Plus(count, row.FirstSeen)
                    : new FleetCount(count, row.FirstSeen);
            }
        }
    }

    /// <summary>The view without any partition.</summary>
    public static FleetView Empty { get; } = new([], HalfLife.Never);

    /// <summary>The partitions in it.</summary>
    public IReadOnlyCollection<EventPartition> Partitions => _snapshots.Keys;

    /// <summary>Lineages with a count, over all partitions.</summary>
    public int Lineages => _totals.Values.Sum(children => children.Count);

    /// <summary>Adds up snapshots.</summary>
    /// <param name="snapshots">One for each partition.</param>
    /// <param name="halfLife">How counts decay, to bring all to the newest day among them.</param>
    public static FleetView Of(IEnumerable<PartitionSnapshot> snapshots, HalfLife halfLife) => new(snapshots, halfLife);

    /// <summary>The last snapshot of one partition, if it is known.</summary>
    public PartitionSnapshot? SnapshotOf(EventPartition partition) => _snapshots.GetValueOrDefault(partition);

    /// <summary>The counts of all other partitions. The owner has the exact counts of its own partition.</summary>
    public OtherPartitions Without(EventPartition own) => _others.GetOrAdd(own, partition => new OtherPartitions(this, partition));

    internal SurpriseHistogram SurprisesWithout(EventPartition own)
    {
        var sum = new SurpriseHistogram();
        foreach (var snapshot in _snapshots.Values.Where(s => s.Partition != own)) sum.Add(SurpriseHistogram.Parse(snapshot.Surprises));
        return sum;
    }

    internal FleetParent ParentWithout(EventPartition own, string parent)
    {
        if (!_totals.TryGetValue(parent, out var totals)) return FleetParent.None;
        var mine = SnapshotOf(own)?.Parents.GetValueOrDefault(parent)?.Rows ?? [];
        var others = new Dictionary<string, FleetCount>(totals, StringComparer.Ordinal);
        foreach (var row in mine)
        {
            var key = row.Name ?? FleetParent.SharedChild;
            if (!others.TryGetValue(key, out var total)) continue;
            var rest = new LaunchCount(total.Launches.Units - Launches(row).Units);
            if (rest.IsPresent) others[key] = total with { Launches = rest };
            else others.Remove(key);
        }

        return new FleetParent(others, totals.Count);
    }

    internal IReadOnlySet<ulong> OccurrencesWithout(EventPartition own, OccurrenceKind kind, string child) =>
        _snapshots.Values.Where(s => s.Partition != own).SelectMany(s => s.Occurrences.Find(kind, child)).ToHashSet();

    private LaunchCount Launches(CountRow row) => _halfLife.Decay(row.Count, _day - row.Day);
}
