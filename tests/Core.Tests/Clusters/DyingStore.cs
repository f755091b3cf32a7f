using Changeling.Baseline;
using Changeling.Clusters;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Clusters;

/// <summary>Dies before or after any change, as chance has it.</summary>
internal sealed class DyingStore(InMemoryClusterStore store, Random random) : IClusterStore
{
    public double Odds { get; set; }

    /// <summary>Sees each step before it is committed.</summary>
    public Action<ClusterStep>? OnCommit { get; set; }

    public Task<IReadOnlyList<(string Partition, Watermark Watermark)>> PartitionsAsync(string baseline, CancellationToken cancellationToken) => store.PartitionsAsync(baseline, cancellationToken);

    public Task<IReadOnlyList<MaliciousSum>> SumsAsync(string partition, ClockWindow first, ClockWindow last, CancellationToken cancellationToken) => store.SumsAsync(partition, first, last, cancellationToken);

    public Task<(ClusterState State, string ETag)?> ReadStateAsync(string baseline, CancellationToken cancellationToken) => store.ReadStateAsync(baseline, cancellationToken);

    public Task<EntityHistory?> ReadHistoryAsync(string baseline, ClusterKind kind, string entity, CancellationToken cancellationToken) => store.ReadHistoryAsync(baseline, kind, entity, cancellationToken);

    public Task<ExceptionCount?> ReadExceptionAsync(string baseline, string id, CancellationToken cancellationToken) => store.ReadExceptionAsync(baseline, id, cancellationToken);

    public async Task<string?> CommitAsync(string baseline, ClusterStep change, CancellationToken cancellationToken)
    {
        OnCommit?.Invoke(change);
        if (random.NextDouble() < Odds) throw new KilledException();
        var etag = await store.CommitAsync(baseline, change, cancellationToken);
        if (random.NextDouble() < Odds) throw new KilledException();
        return random.NextDouble() < Odds ? null : etag;
    }

    public Task<IReadOnlyList<ClusterDetection>> UnemittedAsync(string baseline, int most, CancellationToken cancellationToken) => store.UnemittedAsync(baseline, most, cancellationToken);

    public async Task MarkEmittedAsync(string baseline, IReadOnlyList<ClusterDetection> detections, CancellationToken cancellationToken)
    {
        await store.MarkEmittedAsync(baseline, detections, cancellationToken);
        if (random.NextDouble() < Odds) throw new KilledException();
    }
}
