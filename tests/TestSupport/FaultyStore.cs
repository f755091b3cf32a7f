using Changeling.Counts;
using Changeling.Storing;

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
public sealed class FaultyStore(IBaselineStore store, Func<BaselineCommit, CommitFault> faults) : BaselineStoreDecorator(store)
{
    public override async Task<CommitResult> CommitAsync(
        BaselinePartition partition, BaselineCommit commit, CancellationToken cancellationToken)
    {
        var fault = faults(commit);
        if (fault == CommitFault.Dies) throw new KilledException();
        if (fault == CommitFault.Unavailable) throw new StoreUnavailableException("the test throttles");
        if (fault == CommitFault.NotAppliedAnswerLost) return new CommitResult(CommitOutcome.Unknown);

        var result = await base.CommitAsync(partition, commit, cancellationToken);
        return fault switch
        {
            CommitFault.AppliedAnswerLost => new CommitResult(CommitOutcome.Unknown),
            CommitFault.AppliedThenDies => throw new KilledException(),
            _ => result,
        };
    }
}
