using Changeling.Counts;
using Changeling.Storing;

namespace Changeling.TestSupport;

/// <summary>A cluster store that passes everything on; a test overrides what is to fail.</summary>
public abstract class PassingClusterStore(IClusterStore store) : IClusterStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<(string Partition, Watermark Watermark)>> PartitionsAsync(
        string baseline, CancellationToken cancellationToken) => store.PartitionsAsync(baseline, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MaliciousSum>> SumsAsync(
        string partition,
        ClockWindow first,
        ClockWindow last,
        CancellationToken cancellationToken) => store.SumsAsync(partition, first, last, cancellationToken);

    /// <inheritdoc/>
    public Task<(ClusterState State, string Version)?> ReadStateAsync(string baseline, CancellationToken cancellationToken) =>
        store.ReadStateAsync(baseline, cancellationToken);

    /// <inheritdoc/>
    public Task<EntityHistory?> ReadHistoryAsync(string baseline, ClusterKind kind, string entity, CancellationToken cancellationToken) =>
        store.ReadHistoryAsync(baseline, kind, entity, cancellationToken);

    /// <inheritdoc/>
    public Task<ExceptionCount?> ReadExceptionAsync(string baseline, string id, CancellationToken cancellationToken) =>
        store.ReadExceptionAsync(baseline, id, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<string?> CommitAsync(string baseline, ClusterStep change, CancellationToken cancellationToken) =>
        store.CommitAsync(baseline, change, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ClusterDetection>> UnemittedAsync(string baseline, int most, CancellationToken cancellationToken) =>
        store.UnemittedAsync(baseline, most, cancellationToken);

    /// <inheritdoc/>
    public virtual Task MarkEmittedAsync(
        string baseline,
        IReadOnlyList<ClusterDetection> detections,
        CancellationToken cancellationToken) => store.MarkEmittedAsync(baseline, detections, cancellationToken);
}
