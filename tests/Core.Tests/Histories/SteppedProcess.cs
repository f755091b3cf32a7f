using Changeling.Counts;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Pipeline;
using Changeling.Storing;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Histories;

/// <summary>
/// One process of the app with its own pipeline. Each request to a store waits until the history continues it, with or without a fault. Two
/// processes therefore run interleaved in any order, and the same seed still gives the same history.
/// </summary>
internal sealed class SteppedProcess : IBaselineStore, IDeadLetterStore
{
    private readonly IBaselineStore _store;
    private readonly IDeadLetterStore _deadLetters;
    private readonly BatchPipeline _pipeline;
    private readonly Queue<(TaskCompletionSource<StepFault> Request, bool IsChange)> _requests = [];

    public SteppedProcess(IBaselineStore store, IDeadLetterStore deadLetters, PipelineSettings settings)
    {
        (_store, _deadLetters) = (store, deadLetters);
        _pipeline = new BatchPipeline(this, this, settings);
    }

    /// <summary>Whether the request that waits longest would change something.</summary>
    public bool IsChange => _requests.Peek().IsChange;

    public ICommitSizes Sizes => _store.Sizes;

    public Task<BatchOutcome> ProcessAsync(EventBatch batch, PipelineSnapshot snapshot) =>
        _pipeline.ProcessAsync(batch, snapshot, CancellationToken.None);

    /// <summary>Lets the request that waits longest go on. What follows runs up to the next request before this returns.</summary>
    public void Go(StepFault fault)
    {
        if (!_requests.TryDequeue(out var waiting))
            throw new InvalidOperationException("the pipeline waits for something that is no store");
        waiting.Request.SetResult(fault);
    }

    public Task<(Watermark Watermark, string Version)?> ReadWatermarkAsync(
        BaselinePartition partition, CancellationToken cancellationToken) =>
        ReadAsync(() => _store.ReadWatermarkAsync(partition, cancellationToken));

    public Task<IReadOnlyList<CountRow>> ReadLaunchesAsync(
        BaselinePartition partition, string parent, CancellationToken cancellationToken) =>
        ReadAsync(() => _store.ReadLaunchesAsync(partition, parent, cancellationToken));

    public Task<IReadOnlyList<CountRow>> ReadOccurrencesAsync(
        BaselinePartition partition, OccurrenceKind kind, string child, CancellationToken cancellationToken) =>
        ReadAsync(() => _store.ReadOccurrencesAsync(partition, kind, child, cancellationToken));

    public Task<IReadOnlyList<MaliciousSum>> ReadSumsAsync(
        BaselinePartition partition, ClockWindow window, CancellationToken cancellationToken) =>
        ReadAsync(() => _store.ReadSumsAsync(partition, window, cancellationToken));

    public Task<Quota?> ReadQuotaAsync(BaselinePartition partition, QuotaKey key, CancellationToken cancellationToken) =>
        ReadAsync(() => _store.ReadQuotaAsync(partition, key, cancellationToken));

    public Task<ExceptionCount?> ReadExceptionAsync(BaselinePartition partition, string id, CancellationToken cancellationToken) =>
        ReadAsync(() => _store.ReadExceptionAsync(partition, id, cancellationToken));

    public Task<IReadOnlyList<StoredDetection>> ReadDetectionsAsync(
        BaselinePartition partition, Position first, Position last, CancellationToken cancellationToken) =>
        ReadAsync(() => _store.ReadDetectionsAsync(partition, first, last, cancellationToken));

    public async Task<CommitResult> CommitAsync(BaselinePartition partition, BaselineCommit commit, CancellationToken cancellationToken)
    {
        var fault = await StepAsync(isChange: true);
        if (fault == StepFault.NotDoneAnswerLost) return new CommitResult(CommitOutcome.Unknown);
        if (commit.Launches.Any(l => l.Row.Name == Hub.RefusedChild)) return new CommitResult(CommitOutcome.Refused, Detail: "400");

        var result = await _store.CommitAsync(partition, commit, cancellationToken);
        return fault switch
        {
            StepFault.DoneAnswerLost => new CommitResult(CommitOutcome.Unknown),
            StepFault.DoneThenDies => throw new KilledException(),
            _ => result,
        };
    }

    public async Task WriteAsync(EventPartition partition, IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        var fault = await StepAsync(isChange: true);
        if (fault == StepFault.NotDoneAnswerLost) throw Away();
        await _deadLetters.WriteAsync(partition, letters, cancellationToken);
        if (fault == StepFault.DoneAnswerLost) throw Away();
        if (fault == StepFault.DoneThenDies) throw new KilledException();
    }

    private async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        await StepAsync(isChange: false);
        return await read();
    }

    private async Task<StepFault> StepAsync(bool isChange)
    {
        var request = new TaskCompletionSource<StepFault>();
        _requests.Enqueue((request, isChange));
        return await request.Task switch
        {
            StepFault.Unavailable => throw Away(),
            StepFault.Dies => throw new KilledException(),
            var fault => fault,
        };
    }

    private static StoreUnavailableException Away() => new("the history's store is away");
}
