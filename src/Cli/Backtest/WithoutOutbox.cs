using Changeling.Baseline;
using Changeling.Events;

namespace Changeling.Cli.Backtest;

/// <summary>A baseline store that keeps counts and watermarks and lets detections go: nothing is ever replayed here, and a long history has many.</summary>
internal sealed class WithoutOutbox(IBaselineStore store) : IBaselineStore
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

    public Task<CommitResult> CommitAsync(BaselinePartition partition, BaselineCommit commit, CancellationToken cancellationToken) =>
        store.CommitAsync(partition, commit with { Detections = [] }, cancellationToken);
}

/// <summary>Dead letters of a history are counted by reason, not kept.</summary>
internal sealed class CountedDeadLetters : IDeadLetterStore
{
    public Task WriteAsync(EventPartition partition, IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken) => Task.CompletedTask;
}
