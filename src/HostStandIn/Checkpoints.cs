using System.Collections.Concurrent;
using Changeling.Events;

namespace Changeling.HostStandIn;

/// <summary>
/// The host's note of what was handed over, per event partition (section 1.8). Not the app's watermark: a checkpoint also
/// passes a batch that failed for good.
/// </summary>
public sealed class Checkpoints
{
    private readonly ConcurrentDictionary<EventPartition, long> _last = new();

    /// <summary>Sequence number of the last message handed over; null before the first.</summary>
    public long? Of(EventPartition partition) => _last.TryGetValue(partition, out var number) ? number : null;

    /// <summary>Forgets everything, so that the next run redelivers all messages.</summary>
    public void Clear() => _last.Clear();

    internal void Move(EventPartition partition, long sequenceNumber) => _last[partition] = sequenceNumber;

    internal bool Passed(EventPartition partition, TelemetryMessage message) =>
        _last.TryGetValue(partition, out var number) && message.SequenceNumber <= number;
}
