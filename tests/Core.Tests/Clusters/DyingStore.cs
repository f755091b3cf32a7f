using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Clusters;

/// <summary>Dies before or after any change, as chance has it.</summary>
internal sealed class DyingStore(InMemoryClusterStore store, Random random) : PassingClusterStore(store)
{
    public double Odds { get; set; }

    /// <summary>Sees each step before it is committed.</summary>
    public Action<ClusterStep>? OnCommit { get; set; }

    public override async Task<string?> CommitAsync(string baseline, ClusterStep change, CancellationToken cancellationToken)
    {
        OnCommit?.Invoke(change);
        if (random.NextDouble() < Odds) throw new KilledException();
        var version = await base.CommitAsync(baseline, change, cancellationToken);
        if (random.NextDouble() < Odds) throw new KilledException();
        return random.NextDouble() < Odds ? null : version;
    }

    public override async Task MarkEmittedAsync(
        string baseline, IReadOnlyList<ClusterDetection> detections, CancellationToken cancellationToken)
    {
        await base.MarkEmittedAsync(baseline, detections, cancellationToken);
        if (random.NextDouble() < Odds) throw new KilledException();
    }
}
