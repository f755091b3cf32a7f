namespace Changeling.HubStandIn;

/// <summary>The properties of an event besides its body.</summary>
public sealed record EventProperties
{
    /// <summary>No properties.</summary>
    public static EventProperties None { get; } = new();

    /// <summary>The partition key to show to readers; it does not choose the partition here.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>The sender's id of the event.</summary>
    public string? MessageId { get; init; }

    /// <summary>The media type of the body.</summary>
    public string? ContentType { get; init; }

    /// <summary>The correlation id of the event.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>
    /// The sender's own properties. Values are null, text, numbers, Booleans, <see cref="Guid"/> or <see cref="DateTime"/>.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Application { get; init; } = new Dictionary<string, object?>();
}
