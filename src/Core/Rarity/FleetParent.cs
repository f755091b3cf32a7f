namespace Changeling.Rarity;

/// <summary>The counts of one parent in the other partitions. Immutable.</summary>
public sealed class FleetParent
{
    /// <summary>The key of the shared row. It is empty, and no name is empty.</summary>
    internal const string SharedChild = "";

    private readonly IReadOnlyDictionary<string, FleetCount> _children;

    internal FleetParent(IReadOnlyDictionary<string, FleetCount> children, int distinctInFleet)
    {
        _children = children;
        Launches = children.Values.Sum(c => c.Launches.Launches);
        DistinctChildren = distinctInFleet;
        FirstSeen = children.Count == 0 ? null : children.Values.Min(c => c.FirstSeen);
    }

    /// <summary>A parent that no other partition has seen.</summary>
    public static FleetParent None { get; } = new(new Dictionary<string, FleetCount>(), 0);

    /// <summary>Decayed launches by the parent in the other partitions.</summary>
    public double Launches { get; }

    /// <summary>Distinct children in the whole fleet, one's own partition's last snapshot included.</summary>
    public int DistinctChildren { get; }

    /// <summary>When the other partitions first saw the parent start anything, event time.</summary>
    public DateTimeOffset? FirstSeen { get; }

    /// <summary>Launches of one child in the other partitions; <see langword="null"/> for none.</summary>
    public FleetCount? Find(string child) => _children.TryGetValue(child, out var count) ? count : null;
}
