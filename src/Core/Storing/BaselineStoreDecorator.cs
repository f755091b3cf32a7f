using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Storing;

/// <summary>Passes every call on to another store. Subclasses override single calls.</summary>
/// <param name="store">The other store.</param>
public abstract class BaselineStoreDecorator(IBaselineStore store) : IBaselineStore
{
    /// <inheritdoc/>
    public virtual ICommitSizes Sizes => store.Sizes;

    /// <inheritdoc/>
    public virtual Task<(Watermark Watermark, string Version)?> ReadWatermarkAsync(
        BaselinePartition partition, CancellationToken cancellationToken) =>
        store.ReadWatermarkAsync(partition, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<CountRow>> ReadLaunchesAsync(
        BaselinePartition partition, string parent, CancellationToken cancellationToken) =>
        store.ReadLaunchesAsync(partition, parent, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<CountRow>> ReadOccurrencesAsync(
        BaselinePartition partition, OccurrenceKind kind, string child, CancellationToken cancellationToken) =>
        store.ReadOccurrencesAsync(partition, kind, child, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<MaliciousSum>> ReadSumsAsync(
        BaselinePartition partition, ClockWindow window, CancellationToken cancellationToken) =>
        store.ReadSumsAsync(partition, window, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<Quota?> ReadQuotaAsync(BaselinePartition partition, QuotaKey key, CancellationToken cancellationToken) =>
        store.ReadQuotaAsync(partition, key, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ExceptionCount?> ReadExceptionAsync(BaselinePartition partition, string id, CancellationToken cancellationToken) =>
        store.ReadExceptionAsync(partition, id, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<StoredDetection>> ReadDetectionsAsync(
        BaselinePartition partition, Position first, Position last, CancellationToken cancellationToken) =>
        store.ReadDetectionsAsync(partition, first, last, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<CommitResult> CommitAsync(
        BaselinePartition partition, BaselineCommit commit, CancellationToken cancellationToken) =>
        store.CommitAsync(partition, commit, cancellationToken);
}
