using Azure.Messaging.EventHubs;

namespace Changeling.Hubs;

/// <summary>A message to send.</summary>
/// <param name="Host">
/// The host that it is about, as partition key: a host's messages stay in order; <see langword="null"/> where none is known.
/// </param>
/// <param name="Body">The bytes.</param>
/// <param name="Place">What an error calls it, for example <c>events.jsonl:12</c>.</param>
public readonly record struct OutgoingMessage(string? Host, ReadOnlyMemory<byte> Body, string Place)
{
    private const string EnqueuedTimeAnnotation = "x-opt-enqueued-time";

    /// <summary>
    /// When the hub is to say that it was enqueued, UTC, to the millisecond: for telemetry of another day. Only the local stand-in follows
    /// it; Event Hubs has its own clock.
    /// </summary>
    public DateTimeOffset? EnqueuedTime { get; init; }

    /// <summary>
    /// The event partition to send to, instead of by the host's key: all that goes there keeps its order, whatever the host. For telemetry
    /// whose order across hosts matters.
    /// </summary>
    /// <value><see langword="null"/>: the host's key chooses.</value>
    public string? PartitionId { get; init; }

    internal KeyedMessage Numbered(int number)
    {
        var message = new EventData(Body);
        if (EnqueuedTime is { } time) message.GetRawAmqpMessage().MessageAnnotations[EnqueuedTimeAnnotation] = time.UtcDateTime;
        var key = string.IsNullOrEmpty(Host) || PartitionId is not null ? null : PartitionKey.Of(Host);
        return new KeyedMessage(number, key, message) { PartitionId = PartitionId };
    }
}
