namespace Changeling.Events;

/// <summary>One Event Hubs message as the hub handed it over. It can hold many records.</summary>
/// <param name="SequenceNumber">The hub's number of the message, rising within one event partition and epoch.</param>
/// <param name="EnqueuedTime">When the broker took it, UTC.</param>
/// <param name="Body">The bytes of the body, as sent: JSON, gzip, anything.</param>
public sealed record TelemetryMessage(long SequenceNumber, DateTimeOffset EnqueuedTime, ReadOnlyMemory<byte> Body)
{
    /// <summary>What the body says, if the pipeline has read it before; otherwise <see langword="null"/>.</summary>
    public MessageContent? Content { get; init; }
}

/// <summary>What one invocation hands over: messages of one event partition, in the partition's order.</summary>
/// <param name="Partition">Where they are from.</param>
/// <param name="Messages">In order of the partition; may be empty.</param>
public sealed record EventBatch(EventPartition Partition, IReadOnlyList<TelemetryMessage> Messages);
