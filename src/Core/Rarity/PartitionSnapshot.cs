using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Rarity;

/// <summary>
/// The counts of one event partition at a watermark, for the other partitions and for a warm start of its next owner. It has at most as
/// many rows as an owner keeps in memory; the least recently seen parents are left out.
/// </summary>
public sealed record PartitionSnapshot
{
    /// <summary>The partition that was counted.</summary>
    public required EventPartition Partition { get; init; }

    /// <summary>Row version of the watermark that the counts belong to.</summary>
    public required string Version { get; init; }

    /// <summary>The watermark's position.</summary>
    public required Position Position { get; init; }

    /// <summary>The partition clock there, UTC.</summary>
    public required DateTimeOffset Clock { get; init; }

    /// <summary>
    /// Start of the partition's learning period. If it differs from the table's, the counts were reset since, and the snapshot's rows are
    /// not valid.
    /// </summary>
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
/// <param name="IsExact">Whether they equal the table's rows at the snapshot's watermark; otherwise they are somewhat older.</param>
public sealed record ParentSnapshot(IReadOnlyList<CountRow> Rows, bool IsExact);
