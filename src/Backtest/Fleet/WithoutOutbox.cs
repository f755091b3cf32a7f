using Changeling.Counts;
using Changeling.Events;
using Changeling.Storing;

namespace Changeling.Backtest.Fleet;

/// <summary>
/// A baseline store that keeps counts and watermarks but no detections. A backtest never replays, and a long history has many detections.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="keepsSignals">Whether the signals are kept until incidents have read them.</param>
internal sealed class WithoutOutbox(IBaselineStore store, bool keepsSignals) : BaselineStoreDecorator(store)
{
    public override Task<CommitResult> CommitAsync(
        BaselinePartition partition, BaselineCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(
            partition, commit with { Detections = [], Signals = keepsSignals ? commit.Signals : [] }, cancellationToken);
}

/// <summary>Dead letters of a history are counted by reason, not kept.</summary>
internal sealed class CountedDeadLetters : IDeadLetterStore
{
    public Task WriteAsync(
        EventPartition partition, IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken) => Task.CompletedTask;
}
