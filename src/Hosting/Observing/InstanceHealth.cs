using System.Collections.Concurrent;
using Changeling.Events;
using Changeling.Pipeline;
using Changeling.Sources;

namespace Changeling.Hosting.Observing;

/// <summary>What this instance has done since it started, for the blob that it writes of itself. Numbers and names of ours only.</summary>
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

    /// <summary>Batches answered with success.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Invocations that failed.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>The last invocation that failed, if any did.</summary>
    public FailureHealth? LastFailure => Volatile.Read(ref _lastFailure);

    /// <summary>Each event partition that this process has worked on, by name.</summary>
    public IReadOnlyList<PartitionHealth> Partitions =>
    [
        .. _partitions.Values.OrderBy(p => p.Hub, StringComparer.Ordinal).ThenBy(p => p.Partition, StringComparer.Ordinal),
    ];

    /// <summary>What the sources delivered to this process, and what they lacked.</summary>
    public SourceHealthReport Sources
    {
        get
        {
            lock (_gate) return _sources.ToReport();
        }
    }

    /// <summary>Notes a batch.</summary>
    /// <param name="batch">Not empty.</param>
    /// <param name="outcome">What it came to.</param>
    /// <param name="lag">See <see cref="PipelineMetrics.Processed"/>.</param>
    public void Processed(EventBatch batch, BatchOutcome outcome, TimeSpan lag)
    {
        Interlocked.Increment(ref _answered);
        lock (_gate) _sources.Add(outcome.Sources);
        _partitions[batch.Partition] = new(
            batch.Partition.Hub, batch.Partition.Id, time.GetUtcNow(), batch.Messages[^1].SequenceNumber, Math.Round(lag.TotalSeconds, 1),
            Math.Round(outcome.BaselineAge.TotalHours, 1), outcome.Learning);
    }

    /// <summary>Notes a failure.</summary>
    /// <param name="outcome">As the metric <c>changeling.batches</c> has it.</param>
    /// <param name="sentence">The sentence that the host received.</param>
    public void Fail(string outcome, string sentence)
    {
        Interlocked.Increment(ref _failed);
        Volatile.Write(ref _lastFailure, new(time.GetUtcNow(), outcome, sentence));
    }
}

/// <summary>How far one event partition is.</summary>
/// <param name="Hub">The telemetry hub.</param>
/// <param name="Partition">The partition's id.</param>
/// <param name="AnsweredAt">When its last batch was done, UTC.</param>
/// <param name="LastSequenceNumber">The last message of that batch.</param>
/// <param name="LagSeconds">From the hub's taking of the batch's first message to then, in seconds.</param>
/// <param name="BaselineHours">Partition clock since the first event that the baseline counted, in hours.</param>
/// <param name="Learning">Whether its detections are still notes.</param>
public sealed record PartitionHealth(
    string Hub, string Partition, DateTimeOffset AnsweredAt, long LastSequenceNumber, double LagSeconds, double BaselineHours,
    bool Learning);

/// <summary>An invocation that failed.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Outcome">As the metric <c>changeling.batches</c> has it.</param>
/// <param name="Sentence">The sentence that the host received.</param>
public sealed record FailureHealth(DateTimeOffset At, string Outcome, string Sentence);
