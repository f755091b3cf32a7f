using Azure.Messaging.EventHubs;

namespace Changeling.Hubs;

/// <summary>A message of the client with its partition key.</summary>
/// <param name="Number">Its index among the messages that are sent together, from 0.</param>
/// <param name="Key">At most <see cref="PartitionKey.MaxLength"/> characters; <see langword="null"/> if any partition may be used.</param>
/// <param name="Event">The message.</param>
internal readonly record struct KeyedMessage(int Number, string? Key, EventData Event)
{
    /// <summary>The event partition, instead of a key.</summary>
    public string? PartitionId { get; init; }
}
