using System.Collections.Concurrent;
using Changeling.Events;
using Changeling.Pipeline;
using Changeling.Sources;

namespace Changeling.Hosting.Observing;

/// <summary>
/// The counts of this instance since its start, for its health blob. Contains only numbers and names without event content.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class InstanceHealth(TimeProvider time)
{
    private readonly ConcurrentDictionary<EventPartition, PartitionHealth> _partitions = new();
    private readonly Lock _gate = new();
    private readonly SourceHealth _sources = new();
    private FailureHealth? _lastFailure;
    private long _answered;
    private long _failed;

    /// <summary>When this process began, UTC.</summary>
    public DateTimeOffset Started { get; } = time.GetUtcNow();

    /// <summary>Number of batches that succeeded.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Invocations that failed.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>The last invocation that failed, if any did.</summary>
    public FailureHealth? LastFailure => Volatile.Read(ref _lastFailure);

    /// <summary>The progress of each event partition that this process has worked on, by name.</summary>
    public IReadOnlyList<PartitionHealth> Partitions =>
    [
        .. _partitions.Values.OrderBy(p => p.Hub, StringComparer.Ordinal).ThenBy(p => p.Partition, StringComparer.Ordinal),
    ];

    /// <summary>The records that the sources delivered to this process, and their missing fields.</summary>
    public SourceHealthReport Sources
    {
        get
        {
            lock (_gate) return _sources.ToReport();
        }
    }

    /// <summary>Records a batch.</summary>
    /// <param name="batch">The batch; not empty.</param>
    /// <param name="outcome">The result of the batch.</param>
    /// <param name="lag">See <see cref="PipelineMetrics.Processed"/>.</param>
    public void Processed(EventBatch batch, BatchOutcome outcome, TimeSpan lag)
    {
        Interlocked.Increment(ref _answered);
        lock (_gate) _sources.Add(outcome.Sources);
        _partitions[batch.Partition] = new(
            batch.Partition.Hub, batch.Partition.Id, time.GetUtcNow(), batch.Messages[^1].SequenceNumber, Math.Round(lag.TotalSeconds, 1),
            Math.Round(outcome.BaselineAge.TotalHours, 1), outcome.Learning);
    }

    /// <summary>Records a failure.</summary>
    /// <param name="outcome">The outcome, as in the metric <c>changeling.batches</c>.</param>
    /// <param name="sentence">The message that the host received.</param>
    public void Fail(string outcome, string sentence)
    {
        Interlocked.Increment(ref _failed);
        Volatile.Write(ref _lastFailure, new(time.GetUtcNow(), outcome, sentence));
    }
}

/// <summary>The progress of one event partition.</summary>
/// <param name="Hub">The telemetry hub.</param>
/// <param name="Partition">The partition's id.</param>
/// <param name="AnsweredAt">When its last batch succeeded, UTC.</param>
/// <param name="LastSequenceNumber">Sequence number of the last message in that batch.</param>
/// <param name="LagSeconds">Time from the enqueued time of the batch's first message to the end of the batch, in seconds.</param>
/// <param name="BaselineHours">Partition clock since the first event that the baseline counted, in hours.</param>
/// <param name="Learning">Whether its detections are still notes.</param>
public sealed record PartitionHealth(
    string Hub, string Partition, DateTimeOffset AnsweredAt, long LastSequenceNumber, double LagSeconds, double BaselineHours,
    bool Learning);

/// <summary>A failed invocation.</summary>
/// <param name="At">Time of the failure, UTC.</param>
/// <param name="Outcome">As the metric <c>changeling.batches</c> has it.</param>
/// <param name="Sentence">The sentence that the host received.</param>
public sealed record FailureHealth(DateTimeOffset At, string Outcome, string Sentence);
