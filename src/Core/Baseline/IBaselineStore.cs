namespace Changeling.Baseline;

/// <summary>
/// Keeps watermark, launch rows and outbox of event partitions. Every call may be repeated. All of them throw
/// <see cref="StoreUnavailableException"/> when the store cannot be reached or refuses us for now.
/// </summary>
public interface IBaselineStore
{
    /// <summary>Reads a partition's watermark and its ETag; <see langword="null"/> when nothing was ever committed. Once per batch, seldom.</summary>
    Task<(Watermark Watermark, string ETag)?> ReadWatermarkAsync(BaselinePartition partition, CancellationToken cancellationToken);

    /// <summary>Reads all rows of one parent, in one range query. Once per parent while it stays in memory.</summary>
    /// <param name="partition">Whose rows.</param>
    /// <param name="parent">Folded name of the parent.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<IReadOnlyList<LaunchRow>> ReadLaunchesAsync(BaselinePartition partition, string parent, CancellationToken cancellationToken);

    /// <summary>Reads the outbox between two positions, both included, in order of position and rule. Only when a batch comes again.</summary>
    Task<IReadOnlyList<StoredDetection>> ReadDetectionsAsync(
        BaselinePartition partition, Position first, Position last, CancellationToken cancellationToken);

    /// <summary>Stores a chunk in one transaction, guarded by the watermark's ETag. Never retried inside.</summary>
    Task<CommitResult> CommitAsync(BaselinePartition partition, BaselineCommit commit, CancellationToken cancellationToken);
}
