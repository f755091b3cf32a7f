using Changeling.Counts;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Operations;

/// <summary>Rows whose edits fail as a test says; reads go through.</summary>
internal sealed class FaultyRows(IBaselineRows rows, Func<CommitFault> faults) : IBaselineRows
{
    public async Task<CommitResult> EditAsync(BaselinePartition partition, BaselineEdit edit, CancellationToken cancellationToken)
    {
        var fault = faults();
        if (fault == CommitFault.Dies) throw new KilledException();
        if (fault == CommitFault.Unavailable) throw new StoreUnavailableException("throttled");
        if (fault == CommitFault.NotAppliedAnswerLost) return new CommitResult(CommitOutcome.Unknown);
        var result = await rows.EditAsync(partition, edit, cancellationToken);
        return fault switch
        {
            CommitFault.AppliedThenDies => throw new KilledException(),
            CommitFault.AppliedAnswerLost => new CommitResult(CommitOutcome.Unknown),
            _ => result,
        };
    }

    public Task<IReadOnlyList<BaselinePartition>> FindPartitionsAsync(string baseline, CancellationToken cancellationToken) =>
        rows.FindPartitionsAsync(baseline, cancellationToken);

    public Task<PartitionGuard?> ReadGuardAsync(BaselinePartition partition, CancellationToken cancellationToken) =>
        rows.ReadGuardAsync(partition, cancellationToken);

    public Task<ImportNote?> ReadImportAsync(BaselinePartition partition, string source, CancellationToken cancellationToken) =>
        rows.ReadImportAsync(partition, source, cancellationToken);

    public Task<RowPage<LaunchEntry>> ReadLaunchPageAsync(
        BaselinePartition partition,
        string? after,
        CancellationToken cancellationToken) => rows.ReadLaunchPageAsync(partition, after, cancellationToken);

    public Task<RowPage<DetectionEntry>> ReadDetectionPageAsync(
        BaselinePartition partition,
        string? after,
        CancellationToken cancellationToken) => rows.ReadDetectionPageAsync(partition, after, cancellationToken);

    public Task<RowPage<SignalsEntry>> ReadSignalPageAsync(
        BaselinePartition partition,
        string? after,
        CancellationToken cancellationToken) => rows.ReadSignalPageAsync(partition, after, cancellationToken);

    public Task<RowPage<Occurrence>> ReadOccurrencePageAsync(
        BaselinePartition partition,
        OccurrenceKind kind,
        string? after,
        CancellationToken cancellationToken) => rows.ReadOccurrencePageAsync(partition, kind, after, cancellationToken);

    public Task<RowPage<NamedKey>> ReadRulePageAsync(
        BaselinePartition partition,
        OccurrenceKind kind,
        string? after,
        CancellationToken cancellationToken) => rows.ReadRulePageAsync(partition, kind, after, cancellationToken);

    public Task<RowPage<ExceptionCount>> ReadExceptionPageAsync(
        BaselinePartition partition,
        string? after,
        CancellationToken cancellationToken) => rows.ReadExceptionPageAsync(partition, after, cancellationToken);

    public Task<RowPage<RowKey>> ReadKeyPageAsync(BaselinePartition partition, string? after, CancellationToken cancellationToken) =>
        rows.ReadKeyPageAsync(partition, after, cancellationToken);
}
