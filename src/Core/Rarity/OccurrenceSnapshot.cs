using Changeling.Counts;

namespace Changeling.Rarity;

/// <summary>
/// Where one event partition classified children as malicious, for the other partitions: digests of host (user) names by folded name of the
/// child, at most as many as rules can distinguish.
/// </summary>
/// <param name="Hosts">By child.</param>
/// <param name="Users">By child.</param>
public sealed record OccurrenceSnapshot(IReadOnlyDictionary<string, ulong[]> Hosts, IReadOnlyDictionary<string, ulong[]> Users)
{
    /// <summary>Maximum number of children whose occurrences a snapshot takes over from the previous one.</summary>
    private const int MaxChildren = 5_000;

    private static readonly Dictionary<string, ulong[]> Empty = [];

    /// <summary>Nothing was seen.</summary>
    public static OccurrenceSnapshot None { get; } = new(Empty, Empty);

    /// <summary>The digests of one child.</summary>
    public IReadOnlyList<ulong> Find(OccurrenceKind kind, string child) =>
        (kind == OccurrenceKind.Host ? Hosts : Users).GetValueOrDefault(child, []);

    /// <summary>FNV-1a, 64 bits. The digest is stored, so it must never change.</summary>
    public static ulong DigestOf(string name)
    {
        var digest = 14695981039346656037ul;
        foreach (var unit in name) digest = unchecked((digest ^ unit) * 1099511628211ul);
        return digest;
    }

    internal static OccurrenceSnapshot Of(IEnumerable<Occurrences> seen, PartitionSnapshot? last)
    {
        var now = seen.ToLookup(s => s.Kind);
        return new(Merge(now[OccurrenceKind.Host], last?.Occurrences.Hosts), Merge(now[OccurrenceKind.User], last?.Occurrences.Users));
    }

    private static Dictionary<string, ulong[]> Merge(IEnumerable<Occurrences> now, IReadOnlyDictionary<string, ulong[]>? last)
    {
        var all = now.ToDictionary(
            s => s.Child, s => s.Names.Take(FleetOccurrence.MaxCounted + 1).Select(DigestOf).ToArray(), StringComparer.Ordinal);
        foreach (var (child, digests) in last ?? Empty)
        {
            if (all.Count >= MaxChildren) break;
            all.TryAdd(child, digests);
        }

        return all;
    }
}
