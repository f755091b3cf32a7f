using Azure.Messaging.EventHubs;

namespace Changeling.Hubs;

/// <summary>A message of the client with the key that it is sent under.</summary>
/// <param name="Number">Its place among those that are sent together, from 0.</param>
/// <param name="Key">At most <see cref="PartitionKey.MaxLength"/> characters; <see langword="null"/> where any partition will do.</param>
/// <param name="Event">The message.</param>
internal readonly record struct KeyedMessage(int Number, string? Key, EventData Event)
{
    /// <summary>The event partition, instead of a key.</summary>
    public string? PartitionId { get; init; }
}
