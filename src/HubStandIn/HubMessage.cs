using Changeling.HubStandIn.Messages;

namespace Changeling.HubStandIn;

/// <summary>One event of a partition, as a reader receives it. It is decoded on first use.</summary>
public sealed class HubMessage
{
    private MessageContent? _content;

    internal HubMessage(int partition, long sequenceNumber, long offset, DateTimeOffset enqueuedTime, string? partitionKey, byte[] encoded)
    {
        Partition = partition;
        SequenceNumber = sequenceNumber;
        OffsetNumber = offset;
        EnqueuedTime = enqueuedTime;
        PartitionKey = partitionKey;
        Encoded = encoded;
    }

    /// <summary>The event partition.</summary>
    public int Partition { get; }

    /// <summary>0 for the first event of the partition, then one more for each.</summary>
    public long SequenceNumber { get; }

    /// <summary>Number of bytes that the partition had taken before this event, in decimal digits.</summary>
    public string Offset => OffsetNumber.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Its enqueued time, UTC, in whole milliseconds; never before that of the previous event.</summary>
    public DateTimeOffset EnqueuedTime { get; }

    /// <summary>The key that chose the partition; null without one.</summary>
    public string? PartitionKey { get; }

    /// <summary>The bytes as they were sent.</summary>
    public ReadOnlyMemory<byte> Body => Content.Body;

    /// <summary>The sender's id of the event; null without one.</summary>
    public string? MessageId => Content.MessageId;

    /// <summary>The media type of the body; null without one.</summary>
    public string? ContentType => Content.ContentType;

    /// <summary>The correlation id; null without one.</summary>
    public string? CorrelationId => Content.CorrelationId;

    /// <summary>The sender's own properties.</summary>
    public IReadOnlyDictionary<string, object?> ApplicationProperties => Content.ApplicationProperties;

    internal long OffsetNumber { get; }

    /// <summary>The whole AMQP message for readers.</summary>
    internal byte[] Encoded { get; }

    private MessageContent Content => _content ??= MessageContent.Decode(Encoded);
}
