using Changeling.Counts;

namespace Changeling.Storing;

/// <summary>All effects of one chunk: stored together or not at all.</summary>
/// <param name="ExpectedVersion">
/// Row version of the watermark that the chunk was decided on; <see langword="null"/> for a partition's first commit.
/// </param>
/// <param name="Next">The watermark after the chunk.</param>
/// <param name="Launches">Changed launch rows with the parent's folded name; each row once.</param>
/// <param name="Detections">New detections, one for a position at most.</param>
public sealed record BaselineCommit(
    string? ExpectedVersion,
    Watermark Next,
    IReadOnlyList<(string Parent, CountRow Row)> Launches,
    IReadOnlyList<StoredDetection> Detections)
{
    /// <summary>Changed occurrences with kind and child; each row once.</summary>
    public IReadOnlyList<(OccurrenceKind Kind, string Child, CountRow Row)> Occurrences { get; init; } = [];

    /// <summary>Changed sums; each once.</summary>
    public IReadOnlyList<MaliciousSum> Sums { get; init; } = [];

    /// <summary>Changed quotas; each once.</summary>
    public IReadOnlyList<(QuotaKey Key, Quota Quota)> Quotas { get; init; } = [];

    /// <summary>Changed counts of exceptions; each once.</summary>
    public IReadOnlyList<ExceptionCount> Exceptions { get; init; } = [];

    /// <summary>Launches that may be steps of an attack; each row once.</summary>
    public IReadOnlyList<StoredSignals> Signals { get; init; } = [];

    /// <summary>All rows besides the watermark.</summary>
    public int RowCount =>
        Launches.Count + Detections.Count + Occurrences.Count + Sums.Count + Quotas.Count + Exceptions.Count + Signals.Count;

    /// <summary>Maximum number of rows besides the watermark: an entity-group transaction takes 100 entities.</summary>
    public const int MaxRows = 99;

    /// <summary>
    /// Maximum number of rows that one event changes besides those of its rules and near exceptions: its launch, its host's and user's
    /// occurrence, three sums (or the exception that keeps it out of them).
    /// </summary>
    public const int MaxRowsOfCounts = 6;
}

/// <summary>What is known of a commit.</summary>
public enum CommitOutcome
{
    /// <summary>The commit is stored completely.</summary>
    Committed,

    /// <summary>
    /// It may be stored or not: another owner changed the watermark (412, 409), or no answer arrived. Read the watermark to find out.
    /// </summary>
    Unknown,

    /// <summary>
    /// The store calls the request invalid or too large (400, 413): nothing is stored, and a repetition would fail as well.
    /// </summary>
    Refused,
}

/// <summary>The answer to a commit.</summary>
/// <param name="Outcome">What is known.</param>
/// <param name="Version">The watermark's new row version, if the commit is known to be stored.</param>
/// <param name="Detail">For a log line: the store's status or error code, if any.</param>
public readonly record struct CommitResult(CommitOutcome Outcome, string? Version = null, string? Detail = null);
