using Changeling.Baseline;

namespace Changeling.TestSupport;

/// <summary>What a test makes of one commit.</summary>
public enum CommitFault
{
    /// <summary>Nothing: the commit goes through.</summary>
    None,

    /// <summary>The commit is applied, but its answer never comes.</summary>
    AppliedAnswerLost,

    /// <summary>The connection breaks before anything is applied.</summary>
    NotAppliedAnswerLost,

    /// <summary>The store throttles.</summary>
    Unavailable,

    /// <summary>The commit is applied and then the process dies.</summary>
    AppliedThenDies,

    /// <summary>The process dies before the commit.</summary>
    Dies,
}

/// <summary>A process death in a test: nothing catches it but the test.</summary>
public sealed class KilledException : Exception;

/// <summary>A store whose commits fail as a test says; reads go through.</summary>
public sealed class FaultyStore(IBaselineStore store, Func<BaselineCommit, CommitFault> faults) : IBaselineStore
{
    public Task<(Watermark Watermark, string ETag)?> ReadWatermarkAsync(BaselinePartition partition, CancellationToken cancellationToken) =>
        store.ReadWatermarkAsync(partition, cancellationToken);

    public Task<IReadOnlyList<LaunchRow>> ReadLaunchesAsync(BaselinePartition partition, string parent, CancellationToken cancellationToken) =>
        store.ReadLaunchesAsync(partition, parent, cancellationToken);

    public Task<IReadOnlyList<LaunchRow>> ReadSightingsAsync(BaselinePartition partition, SightingKind kind, string child, CancellationToken cancellationToken) =>
        store.ReadSightingsAsync(partition, kind, child, cancellationToken);

    public Task<IReadOnlyList<MaliciousSum>> ReadSumsAsync(BaselinePartition partition, ClockWindow window, CancellationToken cancellationToken) =>
        store.ReadSumsAsync(partition, window, cancellationToken);

    public Task<Quota?> ReadQuotaAsync(BaselinePartition partition, QuotaKey key, CancellationToken cancellationToken) =>
        store.ReadQuotaAsync(partition, key, cancellationToken);

    public Task<ExceptionCount?> ReadExceptionAsync(BaselinePartition partition, string id, CancellationToken cancellationToken) =>
        store.ReadExceptionAsync(partition, id, cancellationToken);

    public Task<IReadOnlyList<StoredDetection>> ReadDetectionsAsync(
        BaselinePartition partition, Position first, Position last, CancellationToken cancellationToken) =>
        store.ReadDetectionsAsync(partition, first, last, cancellationToken);

    public async Task<CommitResult> CommitAsync(BaselinePartition partition, BaselineCommit commit, CancellationToken cancellationToken)
    {
        var fault = faults(commit);
        if (fault == CommitFault.Dies) throw new KilledException();
        if (fault == CommitFault.Unavailable) throw new StoreUnavailableException("the test throttles");
        if (fault == CommitFault.NotAppliedAnswerLost) return new CommitResult(CommitOutcome.Unknown);

        var result = await store.CommitAsync(partition, commit, cancellationToken);
        return fault switch
        {
            CommitFault.AppliedAnswerLost => new CommitResult(CommitOutcome.Unknown),
            CommitFault.AppliedThenDies => throw new KilledException(),
            _ => result,
        };
    }
}
