using Changeling.Counts;
using Changeling.Events;
using Changeling.Storing;

namespace Changeling.TestSupport;

/// <summary>A store of incidents that passes everything on; a test overrides what is to fail or to be counted.</summary>
public abstract class PassingIncidentStore(IIncidentStore store) : IIncidentStore
{
    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<(string Partition, Watermark Watermark)>> PartitionsAsync(
        string baseline, CancellationToken cancellationToken) => store.PartitionsAsync(baseline, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<StoredSignals>> SignalsAsync(
        string partition, Position? after, int most, CancellationToken cancellationToken) =>
        store.SignalsAsync(partition, after, most, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<(ClockWindow? Evaluated, IReadOnlyList<ClusterDetection> Found)> ClustersAsync(
        string baseline, ClockWindow? after, CancellationToken cancellationToken) =>
        store.ClustersAsync(baseline, after, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<(IncidentState State, string Version)?> ReadStateAsync(string baseline, CancellationToken cancellationToken) =>
        store.ReadStateAsync(baseline, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<IncidentRow>> ReadRowsAsync(string baseline, CancellationToken cancellationToken) =>
        store.ReadRowsAsync(baseline, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<string?> CommitAsync(string baseline, IncidentStep change, CancellationToken cancellationToken) =>
        store.CommitAsync(baseline, change, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<IReadOnlyList<IncidentMessage>> UnsentAsync(string baseline, int most, CancellationToken cancellationToken) =>
        store.UnsentAsync(baseline, most, cancellationToken);

    /// <inheritdoc/>
    public virtual Task MarkSentAsync(
        string baseline, IReadOnlyList<IncidentMessage> messages, CancellationToken cancellationToken) =>
        store.MarkSentAsync(baseline, messages, cancellationToken);
}
