using System.Diagnostics;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Hosting.Models;
using Changeling.Hosting.Observing;
using Changeling.Pipeline;
using Changeling.Storing;

namespace Changeling.Hosting.Batches;

/// <summary>Processes one batch. This is the only method of the pipeline that <see cref="BatchHandler"/> needs.</summary>
/// <param name="batch">Messages of one event partition.</param>
/// <param name="snapshot">Model, prior, rules and exceptions for the whole batch.</param>
/// <param name="cancellationToken">Stops between requests.</param>
/// <exception cref="StoreUnavailableException">A store cannot be used now: the host must deliver the same batch again.</exception>
public delegate Task<BatchOutcome> ProcessBatch(EventBatch batch, PipelineSnapshot snapshot, CancellationToken cancellationToken);

/// <summary>One batch from the telemetry hub to the detections hub: wait for the model, process, send what was committed.</summary>
/// <param name="snapshots">Model, rules, exceptions and fleet view.</param>
/// <param name="process">The pipeline.</param>
/// <param name="detections">The hub for committed detections.</param>
/// <param name="metrics">The app's metrics.</param>
/// <param name="health">The instance's health.</param>
/// <param name="time">The clock for durations and lag.</param>
/// <param name="logger">Receives one line for each batch.</param>
public sealed class BatchHandler(
    ISnapshotSource snapshots, ProcessBatch process, IDetectionHub detections, PipelineMetrics metrics, InstanceHealth health,
    TimeProvider time, ILogger<BatchHandler> logger)
{
    /// <summary>
    /// From this number of retries on, an error is logged so that an operator notices the outage. The batch is retried without end.
    /// </summary>
    public const int RetryAlert = 20;

    /// <summary>Handles one invocation. Called once for each batch, at the same time for several event partitions.</summary>
    /// <param name="batch">The messages; may be empty.</param>
    /// <param name="retryCount">How often the host has retried this batch.</param>
    /// <param name="host">The host's span; default if there is none.</param>
    /// <param name="cancellationToken">Cancelled when the host ends the invocation; what is committed stays committed.</param>
    /// <exception cref="StoreUnavailableException">
    /// The model, a store or the detections hub cannot be used now: the host must deliver the batch again.
    /// </exception>
    public async Task HandleAsync(EventBatch batch, int retryCount, ActivityContext host, CancellationToken cancellationToken)
    {
        if (batch.Messages.Count == 0) return;

        using var activity = Telemetry.StartBatch(batch, host);
        if (retryCount >= RetryAlert) Alert(batch, retryCount);

        var started = time.GetTimestamp();
        var outcome = await ProcessAsync(batch, activity, cancellationToken);
        var (elapsed, lag) = (time.GetElapsedTime(started), Lag(batch));

        metrics.Processed(batch, outcome, elapsed, lag);
        health.Processed(batch, outcome, lag);
        activity.Add(outcome);
        var (first, last) = (batch.Messages[0].SequenceNumber, batch.Messages[^1].SequenceNumber);
        Log.Processed(logger, batch.Partition.Id, first, last, new BatchCounts(outcome), (long)elapsed.TotalMilliseconds);
    }

    /// <summary>
    /// The detections are sent after the commit and before the host moves its checkpoint. After a failure the host delivers the batch
    /// again, and the detections are read from the outbox.
    /// </summary>
    private async Task<BatchOutcome> ProcessAsync(EventBatch batch, Activity? activity, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await process(batch, await snapshots.WaitAsync(cancellationToken), cancellationToken);
            await detections.SendAsync(outcome.Detections, cancellationToken);
            return outcome;
        }
        catch (Exception exception)
        {
            // Only the exception's type is used, because its message may quote an event.
            activity?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            throw;
        }
    }

    private TimeSpan Lag(EventBatch batch)
    {
        var lag = time.GetUtcNow() - batch.Messages[0].EnqueuedTime;
        return lag > TimeSpan.Zero ? lag : TimeSpan.Zero;
    }

    private void Alert(EventBatch batch, int retryCount)
    {
        metrics.Stuck();
        Log.Stuck(logger, batch.Partition.Id, retryCount);
    }
}
