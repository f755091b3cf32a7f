using System.Diagnostics;
using Changeling.Functions.Models;
using Changeling.Functions.Observing;
using Changeling.Functions.Wire;

namespace Changeling.Functions.ScoreTelemetry;

/// <summary>Processes one batch; the pipeline's entry, named so that this endpoint needs nothing else of it.</summary>
internal delegate Task<BatchOutcome> ProcessBatch(Events.EventBatch batch, PipelineSnapshot snapshot, CancellationToken cancellationToken);

/// <summary>The function <c>ScoreTelemetry</c>: bind, call, reply.</summary>
internal sealed class Endpoint(
    BatchGate gate, ISnapshotSource snapshots, ProcessBatch process, PipelineMetrics metrics, InstanceHealth health, TimeProvider time, ILogger<Endpoint> logger)
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
        var host = Telemetry.HostSpan(context.Request.Headers);
        var reply = await gate.RunAsync(context.Request.Body, request => AnswerAsync(request, host, cancelled), cancelled);
        await JsonAnswer.WriteAsync(context.Response, StatusCodes.Status200OK, reply, cancelled);
    }

    private async Task<ReadOnlyMemory<byte>> AnswerAsync(InvocationRequest request, ActivityContext host, CancellationToken cancellationToken)
    {
        var batch = request.Batch;
        using var activity = Telemetry.StartBatch(batch, host);
        if (request.RetryCount >= RetryAlert) Alert(request);
        if (batch.Messages.Count == 0) return InvocationReply.Write(batch, Nothing);

        var started = time.GetTimestamp();
        var outcome = await ProcessAsync(batch, activity, cancellationToken);
        var elapsed = time.GetElapsedTime(started);
        var lag = Lag(batch);

        metrics.Processed(batch, outcome, elapsed, lag);
        health.Processed(batch, outcome, lag);
        activity.Add(outcome);
        var (first, last) = (batch.Messages[0].SequenceNumber, batch.Messages[^1].SequenceNumber);
        Log.Processed(logger, batch.Partition.Id, first, last, new BatchCounts(outcome), (long)elapsed.TotalMilliseconds);
        return InvocationReply.Write(batch, outcome);
    }

    private async Task<BatchOutcome> ProcessAsync(Events.EventBatch batch, Activity? activity, CancellationToken cancellationToken)
    {
        try
        {
            return await process(batch, snapshots.Current, cancellationToken);
        }
        catch (Exception exception)
        {
            // The type only: a foreign exception's message may quote an event.
            activity?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            throw;
        }
    }

    private TimeSpan Lag(Events.EventBatch batch)
    {
        var lag = time.GetUtcNow() - batch.Messages[0].EnqueuedTime;
        return lag > TimeSpan.Zero ? lag : TimeSpan.Zero;
    }

    private void Alert(InvocationRequest request)
    {
        metrics.Stuck();
        Log.Stuck(logger, request.Batch.Partition.Id, request.RetryCount);
    }
}
