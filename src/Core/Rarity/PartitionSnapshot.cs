using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Rarity;

/// <summary>
/// What one event partition had counted at a watermark, for the other partitions to read, and for its next owner to start warm.
/// At most as many rows as an owner keeps in memory: parents not seen for longest are left out.
/// </summary>
public sealed record PartitionSnapshot
{
    /// <summary>Whose counts these are.</summary>
    public required EventPartition Partition { get; init; }

    /// <summary>Row version of the watermark row that the counts belong to.</summary>
    public required string Version { get; init; }

    /// <summary>The watermark's position.</summary>
    public required Position Position { get; init; }

    /// <summary>The partition clock there, UTC.</summary>
    public required DateTimeOffset Clock { get; init; }

    /// <summary>When the partition began to learn: another one means that its counts were reset since, and older rows are void.</summary>
    public DateTimeOffset LearningSince { get; init; }

    /// <summary>How surprising the partition's launches were, as <see cref="SurpriseHistogram.ToText"/> writes it.</summary>
    public required string Surprises { get; init; }

    /// <summary>Launch rows by folded name of the parent.</summary>
    public required IReadOnlyDictionary<string, ParentSnapshot> Parents { get; init; }

    /// <summary>Where children were classified as malicious.</summary>
    public OccurrenceSnapshot Occurrences { get; init; } = OccurrenceSnapshot.None;

    /// <summary>All rows.</summary>
    public int RowCount => Parents.Values.Sum(p => p.Rows.Count);
}

/// <summary>One parent's rows in a snapshot.</summary>
/// <param name="Rows">The rows, the shared one included.</param>
/// <param name="IsExact">Whether they are the table's rows at the snapshot's watermark; else they are somewhat older.</param>
public sealed record ParentSnapshot(IReadOnlyList<CountRow> Rows, bool IsExact);
