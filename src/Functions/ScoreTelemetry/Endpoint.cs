using Changeling.Functions.Models;
using Changeling.Functions.Wire;

namespace Changeling.Functions.ScoreTelemetry;

/// <summary>Processes one batch; the pipeline's entry, named so that this endpoint needs nothing else of it.</summary>
internal delegate Task<BatchOutcome> ProcessBatch(Events.EventBatch batch, PipelineSnapshot snapshot, CancellationToken cancellationToken);

/// <summary>The function <c>ScoreTelemetry</c>: bind, call, reply.</summary>
internal sealed class Endpoint(
    BatchGate gate, ISnapshotSource snapshots, ProcessBatch process, PipelineMetrics metrics, TimeProvider time, ILogger<Endpoint> logger)
{
    /// <summary>From so many retries on an operator is called: an outage is being waited for. The batch is never given up.</summary>
    public const int RetryAlert = 20;

    private static readonly BatchOutcome Nothing = new()
    {
        Detections = [],
        Skipped = new Dictionary<(string Format, string Kind), int>(),
        DeadLetters = new Dictionary<(string, string), int>(),
    };

    /// <summary>Answers one invocation. Called once per batch, by several event partitions at once.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var cancelled = context.RequestAborted;
        var reply = await gate.RunAsync(context.Request.Body, request => AnswerAsync(request, cancelled), cancelled);
        await JsonAnswer.WriteAsync(context.Response, StatusCodes.Status200OK, reply, cancelled);
    }

    private async Task<ReadOnlyMemory<byte>> AnswerAsync(InvocationRequest request, CancellationToken cancellationToken)
    {
        var batch = request.Batch;
        using var activity = Telemetry.StartBatch(batch);
        if (request.RetryCount >= RetryAlert) Alert(request);
        if (batch.Messages.Count == 0) return InvocationReply.Write(batch, Nothing);

        var started = time.GetTimestamp();
        var outcome = await process(batch, snapshots.Current, cancellationToken);
        var elapsed = time.GetElapsedTime(started);

        metrics.Processed(outcome, elapsed);
        var (first, last) = (batch.Messages[0].SequenceNumber, batch.Messages[^1].SequenceNumber);
        Log.Processed(logger, batch.Partition.Id, first, last, new BatchCounts(outcome), (long)elapsed.TotalMilliseconds);
        return InvocationReply.Write(batch, outcome);
    }

    private void Alert(InvocationRequest request)
    {
        metrics.Stuck();
        Log.Stuck(logger, request.Batch.Partition.Id, request.RetryCount);
    }
}
