using Changeling.Counts;

namespace Changeling.Storing;

/// <summary>What an operator changes in one partition: stored together or not at all.</summary>
/// <param name="ExpectedVersion">Row version of the watermark that the edit was decided on; <see langword="null"/> without one.</param>
/// <param name="Next">The watermark after it; <see langword="null"/> deletes it, which is the last edit of a partition.</param>
public sealed record BaselineEdit(string? ExpectedVersion, Watermark? Next)
{
    /// <summary>Whether the partition is being reset from now on: reads and commits are refused until an edit ends the reset.</summary>
    public bool IsResetting { get; init; }

    /// <summary>Launch rows that replace the stored ones, with the parent's folded name; each row once.</summary>
    public IReadOnlyList<(string Parent, CountRow Row)> Launches { get; init; } = [];

    /// <summary>Keys of rows to delete. If one does not exist, the outcome is unknown and the rows must be read again.</summary>
    public IReadOnlyList<string> Deletes { get; init; } = [];

    /// <summary>How far an import is after this edit.</summary>
    public ImportNote? Import { get; init; }

    /// <summary>Rows besides the watermark; at most <see cref="BaselineCommit.MaxRows"/>.</summary>
    public int Rows => Launches.Count + Deletes.Count + (Import is null ? 0 : 1);
}

/// <summary>A partition's current watermark.</summary>
/// <param name="Watermark">The watermark.</param>
/// <param name="Version">Row version of the watermark: a write that expects another one changes nothing.</param>
/// <param name="IsResetting">Whether a reset was begun and has not ended.</param>
public sealed record PartitionGuard(Watermark Watermark, string Version, bool IsResetting)
{
    /// <summary>The error for reads and commits while a reset is in progress.</summary>
    public static StoreUnavailableException Resetting(string partition) =>
        new($"baseline partition {partition} is being reset; if no reset runs any more, one was interrupted: run it again.");
}

/// <summary>How far an import is in one partition. Changes in the transaction of the rows that it counts.</summary>
/// <param name="Source">The origin of the imported counts: account, baseline and event partition that they were exported from.</param>
/// <param name="Digest">SHA-256 of the file, hexadecimal.</param>
/// <param name="Rows">Number of imported rows of the file's partition.</param>
/// <param name="IsDone">Whether all rows are imported.</param>
public sealed record ImportNote(string Source, string Digest, long Rows, bool IsDone);
