using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Storing;

/// <summary>
/// Keeps watermark, launch rows and outbox of event partitions. Every call may be repeated. All of them throw
/// <see cref="StoreUnavailableException"/> when the store cannot be reached or refuses requests for now.
/// </summary>
public interface IBaselineStore
{
    /// <summary>The sizes of rows in a commit.</summary>
    ICommitSizes Sizes { get; }

    /// <summary>
    /// Reads a partition's watermark and its row version, the store's token for optimistic concurrency: every write of the row changes it.
    /// <see langword="null"/> when nothing was ever committed. Called when a process starts with
    /// a partition, and when what it keeps in memory may be out of date.
    /// </summary>
    Task<(Watermark Watermark, string Version)?> ReadWatermarkAsync(BaselinePartition partition, CancellationToken cancellationToken);

    /// <summary>Reads all rows of one parent, in one range query. Once per parent while it stays in memory.</summary>
    /// <param name="partition">The partition to read.</param>
    /// <param name="parent">Folded name of the parent.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<IReadOnlyList<CountRow>> ReadLaunchesAsync(BaselinePartition partition, string parent, CancellationToken cancellationToken);

    /// <summary>
    /// Reads on which hosts (for which users) a child was classified as malicious, in one range query of at most
    /// <see cref="Occurrences.MaxNames"/> rows and those whose count has decayed. Once per child while it stays in memory, and only for
    /// events classified as malicious.
    /// </summary>
    Task<IReadOnlyList<CountRow>> ReadOccurrencesAsync(
        BaselinePartition partition, OccurrenceKind kind, string child, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the sums of one window, in one range query. Called only by an owner that takes over within the window, and by the cluster
    /// rules.
    /// </summary>
    Task<IReadOnlyList<MaliciousSum>> ReadSumsAsync(BaselinePartition partition, ClockWindow window, CancellationToken cancellationToken);

    /// <summary>Reads a quota; <see langword="null"/> if there is none. Called only when the rule fires.</summary>
    Task<Quota?> ReadQuotaAsync(BaselinePartition partition, QuotaKey key, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the count of an exception; <see langword="null"/> if there is none. Called only when it is hit or nearly hit.
    /// </summary>
    Task<ExceptionCount?> ReadExceptionAsync(BaselinePartition partition, string id, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the outbox between two positions, both included, in order of position and rule. Called only when a batch is redelivered.
    /// </summary>
    Task<IReadOnlyList<StoredDetection>> ReadDetectionsAsync(
        BaselinePartition partition, Position first, Position last, CancellationToken cancellationToken);

    /// <summary>Stores a chunk in one transaction, if the watermark still has the expected row version. Never retried inside.</summary>
    Task<CommitResult> CommitAsync(BaselinePartition partition, BaselineCommit commit, CancellationToken cancellationToken);
}
