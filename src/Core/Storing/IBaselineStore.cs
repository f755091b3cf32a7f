using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Storing;

/// <summary>
/// Keeps watermark, launch rows and outbox of event partitions. Every call may be repeated. All of them throw
/// <see cref="StoreUnavailableException"/> when the store cannot be reached or refuses us for now.
/// </summary>
public interface IBaselineStore
{
    /// <summary>What rows take up of one commit.</summary>
    ICommitSizes Sizes { get; }

    /// <summary>
    /// Reads a partition's watermark and its row version; <see langword="null"/> when nothing was ever committed. Once per batch, seldom.
    /// </summary>
    Task<(Watermark Watermark, string Version)?> ReadWatermarkAsync(BaselinePartition partition, CancellationToken cancellationToken);

    /// <summary>Reads all rows of one parent, in one range query. Once per parent while it stays in memory.</summary>
    /// <param name="partition">Whose rows.</param>
    /// <param name="parent">Folded name of the parent.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<IReadOnlyList<CountRow>> ReadLaunchesAsync(BaselinePartition partition, string parent, CancellationToken cancellationToken);

    /// <summary>
    /// Reads on which hosts (for which users) a child was classified as malicious, in one range query of at most
    /// <see cref="Occurrences.MaxNames"/> rows and those that have faded. Once per child while it stays in memory, and only for events
    /// classified as malicious.
    /// </summary>
    Task<IReadOnlyList<CountRow>> ReadOccurrencesAsync(
        BaselinePartition partition, OccurrenceKind kind, string child, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the sums of one window, in one range query. Only by an owner that took over in the middle of it, and by the cluster rules.
    /// </summary>
    Task<IReadOnlyList<MaliciousSum>> ReadSumsAsync(BaselinePartition partition, ClockWindow window, CancellationToken cancellationToken);

    /// <summary>Reads what a rule's cap let through; <see langword="null"/> for nothing. Only when the rule fires.</summary>
    Task<Quota?> ReadQuotaAsync(BaselinePartition partition, QuotaKey key, CancellationToken cancellationToken);

    /// <summary>Reads what an exception did so far; <see langword="null"/> for nothing. Only when it is hit or nearly so.</summary>
    Task<ExceptionCount?> ReadExceptionAsync(BaselinePartition partition, string id, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the outbox between two positions, both included, in order of position and rule. Only when a batch comes again.
    /// </summary>
    Task<IReadOnlyList<StoredDetection>> ReadDetectionsAsync(
        BaselinePartition partition, Position first, Position last, CancellationToken cancellationToken);

    /// <summary>Stores a chunk in one transaction, guarded by the watermark's row version. Never retried inside.</summary>
    Task<CommitResult> CommitAsync(BaselinePartition partition, BaselineCommit commit, CancellationToken cancellationToken);
}
