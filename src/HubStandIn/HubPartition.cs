using Changeling.HubStandIn.Messages;
using Changeling.HubStandIn.Storing;

namespace Changeling.HubStandIn;

/// <summary>
/// One event partition: events in the order of arrival, of which the newest are kept. All members may be called from any thread.
/// </summary>
public sealed class HubPartition
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly RetainedMessages _messages;
    private readonly RisingNumber _lastReadable = new(-1);
    private readonly Action<int> _onAppended;
    private DateTimeOffset _lastEnqueuedTime = DateTimeOffset.UnixEpoch;
    private long _nextOffset;

    internal HubPartition(int id, int maxEvents, TimeProvider time, Action<int> onAppended)
    {
        Id = id;
        _time = time;
        _messages = new RetainedMessages(maxEvents);
        _onAppended = onAppended;
    }

    /// <summary>0 for the first partition of the hub; clients know it as text.</summary>
    public int Id { get; }

    /// <summary>Sequence number of the newest event; -1 before the first.</summary>
    public long LastSequenceNumber => _lastReadable.Value;

    /// <summary>Sequence number of the oldest event kept; 0 before the first.</summary>
    public long FirstSequenceNumber
    {
        get
        {
            lock (_gate) return _messages.First;
        }
    }

    /// <summary>A copy of the list of events kept, oldest first.</summary>
    public IReadOnlyList<HubMessage> Messages => Read(0, int.MaxValue);

    /// <summary>Events from a sequence number on, as far as they are kept.</summary>
    /// <param name="sequenceNumber">The first sequence number; if it is no longer kept, the list begins with the oldest event kept.</param>
    /// <param name="maxCount">Maximum number of events.</param>
    /// <returns>The events; may be empty.</returns>
    public IReadOnlyList<HubMessage> Read(long sequenceNumber, int maxCount)
    {
        lock (_gate)
        {
            var first = Math.Max(sequenceNumber, _messages.First);
            var count = (int)Math.Clamp(_messages.Last - first + 1, 0, maxCount);
            var messages = new HubMessage[count];
            for (var i = 0; i < count; i++) messages[i] = _messages[first + i];
            return messages;
        }
    }

    /// <summary>Appends an event without a client.</summary>
    /// <param name="body">Copied.</param>
    /// <param name="enqueuedTime">Null takes the server's clock. Earlier than the event ahead means the time of that.</param>
    /// <param name="properties">Null sends none.</param>
    /// <returns>The event as readers see it.</returns>
    public HubMessage Append(ReadOnlyMemory<byte> body, DateTimeOffset? enqueuedTime = null, EventProperties? properties = null)
    {
        properties ??= EventProperties.None;
        return Append([EventEncoder.Encode(body, properties)], properties.PartitionKey, enqueuedTime);
    }

    /// <summary>
    /// Completes when the event was sent or appended. Completes immediately if that was before, even if the event is no longer kept.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task WaitForAsync(long sequenceNumber, CancellationToken cancellationToken = default) =>
        _lastReadable.WaitForAsync(sequenceNumber, cancellationToken);

    /// <returns>The last of the events, of which there must be at least one.</returns>
    internal HubMessage Append(IReadOnlyList<SentEvent> events, string? partitionKey, DateTimeOffset? enqueuedTime = null)
    {
        HubMessage? last = null;
        lock (_gate)
        {
            foreach (var sent in events)
                last = Store(sent, partitionKey ?? sent.PartitionKey, enqueuedTime ?? sent.EnqueuedTime ?? _time.GetUtcNow());
            _lastReadable.RaiseTo(_messages.Last);
        }

        _onAppended(events.Count);
        return last!;
    }

    internal PartitionState State()
    {
        lock (_gate)
        {
            return new PartitionState(
                _messages.First, _messages.Last, _messages.Count == 0 ? -1 : _messages[_messages.Last].OffsetNumber, _lastEnqueuedTime);
        }
    }

    /// <summary>The sequence number that a reader begins with.</summary>
    /// <exception cref="PositionBeyondEndException">The position lies beyond the last event.</exception>
    internal long Resolve(StartPosition position)
    {
        lock (_gate)
        {
            return position switch
            {
                StartPosition.Earliest => _messages.First,
                StartPosition.Latest => _messages.Last + 1,
                StartPosition.AtSequenceNumber at => AtSequenceNumber(at),
                StartPosition.AtOffset at => AtOffset(at),
                StartPosition.After after => _messages.FirstThat(message => message.EnqueuedTime > after.Time),
                _ => throw new ArgumentOutOfRangeException(nameof(position)),
            };
        }
    }

    private HubMessage Store(SentEvent sent, string? partitionKey, DateTimeOffset enqueuedTime)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(enqueuedTime.ToUnixTimeMilliseconds());
        if (time > _lastEnqueuedTime) _lastEnqueuedTime = time;

        var number = _messages.Last + 1;
        var message = new HubMessage(
            Id, number, _nextOffset, _lastEnqueuedTime, partitionKey, sent.Stamp(number, _nextOffset, _lastEnqueuedTime, partitionKey));
        _messages.Add(message);
        _nextOffset += sent.Length;
        return message;
    }

    private long AtSequenceNumber(StartPosition.AtSequenceNumber at)
    {
        var next = at.Inclusive ? at.Value : at.Value + 1;
        return next <= _messages.Last + 1
            ? Math.Max(next, _messages.First)
            : throw new PositionBeyondEndException(
                $"The supplied sequence number '{at.Value}' is invalid. The last sequence number in the system is '{_messages.Last}'");
    }

    private long AtOffset(StartPosition.AtOffset at)
    {
        var last = _messages.Count == 0 ? -1 : _messages[_messages.Last].OffsetNumber;
        return at.Value <= last
            ? _messages.FirstThat(message => at.Inclusive ? message.OffsetNumber >= at.Value : message.OffsetNumber > at.Value)
            : throw new PositionBeyondEndException(
                $"The supplied offset '{at.Value}' is invalid. The last offset in the system is '{last}'");
    }
}
