using Azure.Messaging.EventHubs;

namespace Changeling.Hubs;

/// <summary>A message to send.</summary>
/// <param name="Host">
/// The host that it is about, as partition key: a host's messages stay in order; <see langword="null"/> if it is not known.
/// </param>
/// <param name="Body">The bytes.</param>
/// <param name="Place">Its position for error messages, for example <c>events.jsonl:12</c>.</param>
public readonly record struct OutgoingMessage(string? Host, ReadOnlyMemory<byte> Body, string Place)
{
    private const string EnqueuedTimeAnnotation = "x-opt-enqueued-time";

    /// <summary>
    /// The enqueued time that the hub should use, UTC, in milliseconds, for telemetry of another day. Only the local stand-in uses it;
    /// Event Hubs uses its own clock.
    /// </summary>
    public DateTimeOffset? EnqueuedTime { get; init; }

    /// <summary>
    /// The event partition to send to, instead of the host's key. All messages of the partition keep their order, for telemetry whose order
    /// across hosts matters.
    /// </summary>
    /// <value><see langword="null"/>: the partition is chosen by the host's key.</value>
    public string? PartitionId { get; init; }

    internal KeyedMessage Numbered(int number)
    {
        var message = new EventData(Body);
        if (EnqueuedTime is { } time) message.GetRawAmqpMessage().MessageAnnotations[EnqueuedTimeAnnotation] = time.UtcDateTime;
        var key = string.IsNullOrEmpty(Host) || PartitionId is not null ? null : PartitionKey.Of(Host);
        return new KeyedMessage(number, key, message) { PartitionId = PartitionId };
    }
}
