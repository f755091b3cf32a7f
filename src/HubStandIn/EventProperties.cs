namespace Changeling.HubStandIn;

/// <summary>What travels with the body of an event.</summary>
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

    /// <summary>The id of what the event answers or belongs to.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>
    /// The sender's own properties. Values are null, text, numbers, truth values, <see cref="Guid"/> or <see cref="DateTime"/>.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Application { get; init; } = new Dictionary<string, object?>();
}
