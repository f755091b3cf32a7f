using Changeling.Events;

namespace Changeling.HostStandIn;

/// <summary>
/// The host's checkpoints: the last message delivered to the app, per event partition. Not the app's watermark: a checkpoint also passes a
/// batch that failed for good.
/// </summary>
public sealed class Checkpoints
{
    private readonly Lock _gate = new();
    private readonly Dictionary<EventPartition, long> _last = [];
    private readonly List<Waiter> _waiters = [];

    /// <summary>Sequence number of the last message delivered; null before the first.</summary>
    public long? Of(EventPartition partition)
    {
        lock (_gate) return _last.TryGetValue(partition, out var number) ? number : null;
    }

    /// <summary>Forgets everything, so that the next run redelivers all messages.</summary>
    public void Clear()
    {
        lock (_gate) _last.Clear();
    }

    /// <summary>Waits until all messages of a partition up to the given one have been delivered.</summary>
    public async Task WaitForAsync(EventPartition partition, long sequenceNumber, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(partition, sequenceNumber);
        lock (_gate)
        {
            if (_last.TryGetValue(partition, out var number) && number >= sequenceNumber) return;
            _waiters.Add(waiter);
        }

        try
        {
            await waiter.Reached.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_gate) _waiters.Remove(waiter);
        }
    }

    internal void Move(EventPartition partition, long sequenceNumber)
    {
        lock (_gate)
        {
            _last[partition] = sequenceNumber;
            foreach (var waiter in _waiters.Where(w => w.Partition == partition && w.SequenceNumber <= sequenceNumber))
                waiter.Reached.TrySetResult();
        }
    }

    internal bool Passed(EventPartition partition, TelemetryMessage message) =>
        Of(partition) is { } number && message.SequenceNumber <= number;

    private sealed record Waiter(EventPartition Partition, long SequenceNumber)
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
