using Azure.Messaging.EventHubs;

namespace Changeling.Hubs;

/// <summary>A message from a hub.</summary>
/// <param name="Body">The bytes.</param>
/// <param name="PartitionId">Its event partition.</param>
/// <param name="SequenceNumber">Its sequence number in the event partition.</param>
/// <param name="EnqueuedTime">When the hub accepted it, UTC.</param>
public sealed record ReceivedMessage(ReadOnlyMemory<byte> Body, string PartitionId, long SequenceNumber, DateTimeOffset EnqueuedTime)
{
    /// <summary>The partition key that it was sent with; <see langword="null"/> without one.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>The sender's message id; <see langword="null"/> without one.</summary>
    public string? MessageId { get; init; }

    /// <summary>The sender's content type; <see langword="null"/> without one.</summary>
    public string? ContentType { get; init; }

    /// <summary>The sender's application properties, with the types of AMQP: strings, numbers, booleans.</summary>
    public IReadOnlyDictionary<string, object> Properties { get; init; } = new Dictionary<string, object>();

    internal static ReceivedMessage Of(string partitionId, EventData data) =>
        new(data.EventBody.ToMemory(), partitionId, data.SequenceNumber, data.EnqueuedTime)
        {
            PartitionKey = data.PartitionKey,
            MessageId = data.MessageId,
            ContentType = data.ContentType,
            Properties = data.Properties.AsReadOnly(),
        };
}
