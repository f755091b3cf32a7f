using Changeling.Counts;

namespace Changeling.Storing;

/// <summary>
/// The operations that an operator's commands need in addition to <see cref="IBaselineStore"/>: rows in order of key, page after page, and
/// one kind of write. Every read may be repeated; all calls throw <see cref="StoreUnavailableException"/> when the store cannot be used
/// now.
/// </summary>
public interface IBaselineRows
{
    /// <summary>The partitions of a baseline, in order of key. One small request each, whatever they hold.</summary>
    Task<IReadOnlyList<BaselinePartition>> FindPartitionsAsync(string baseline, CancellationToken cancellationToken);

    /// <summary>
    /// The watermark as it stands, also while the partition is being reset; <see langword="null"/> before the first commit.
    /// </summary>
    Task<PartitionGuard?> ReadGuardAsync(BaselinePartition partition, CancellationToken cancellationToken);

    /// <summary>How far an import from one source is; <see langword="null"/> when none was begun.</summary>
    /// <param name="partition">The partition imported into.</param>
    /// <param name="source">Which counts it takes, as <see cref="ImportNote.Source"/>.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<ImportNote?> ReadImportAsync(BaselinePartition partition, string source, CancellationToken cancellationToken);

    /// <summary>Reads the next launch rows, the rows of a parent one after the other.</summary>
    /// <param name="partition">Whose rows.</param>
    /// <param name="after">Key of the last row read; <see langword="null"/> to begin.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<RowPage<LaunchEntry>> ReadLaunchPageAsync(BaselinePartition partition, string? after, CancellationToken cancellationToken);

    /// <summary>Reads the next detections with their bodies, newest first.</summary>
    Task<RowPage<DetectionEntry>> ReadDetectionPageAsync(BaselinePartition partition, string? after, CancellationToken cancellationToken);

    /// <summary>Reads the next rows of signals with their bodies, in order of position.</summary>
    Task<RowPage<SignalsEntry>> ReadSignalPageAsync(BaselinePartition partition, string? after, CancellationToken cancellationToken);

    /// <summary>Reads the next rows of one kind that name hosts or users.</summary>
    Task<RowPage<Occurrence>> ReadOccurrencePageAsync(
        BaselinePartition partition, OccurrenceKind kind, string? after, CancellationToken cancellationToken);

    /// <summary>Reads the next keys of caps and sums that name hosts, or users.</summary>
    Task<RowPage<NamedKey>> ReadRulePageAsync(
        BaselinePartition partition, OccurrenceKind kind, string? after, CancellationToken cancellationToken);

    /// <summary>Reads the next counts of exceptions, in order of id.</summary>
    Task<RowPage<ExceptionCount>> ReadExceptionPageAsync(BaselinePartition partition, string? after, CancellationToken cancellationToken);

    /// <summary>Reads the next keys of all rows but the watermark, whatever they hold.</summary>
    Task<RowPage<RowKey>> ReadKeyPageAsync(BaselinePartition partition, string? after, CancellationToken cancellationToken);

    /// <summary>
    /// Changes rows in one transaction, if the watermark still has the expected row version. The watermark is written as well, so that
    /// a process that works on the partition reads it again. Never retried inside.
    /// </summary>
    Task<CommitResult> EditAsync(BaselinePartition partition, BaselineEdit edit, CancellationToken cancellationToken);
}
