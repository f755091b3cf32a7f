using System.Threading.Channels;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using Changeling.Storing;

namespace Changeling.Hubs;

/// <summary>Reads one event partition.</summary>
/// <param name="client">The client; its owner closes it.</param>
/// <param name="partition">The properties of the partition when the reading began.</param>
/// <param name="fromStart">Whether to read all messages that the hub still keeps; otherwise only those that arrive later.</param>
/// <param name="untilEnd">Whether to end with the last message that existed when the reading began.</param>
internal sealed class PartitionReading(EventHubConsumerClient client, PartitionProperties partition, bool fromStart, bool untilEnd)
{
    /// <summary>
    /// Maximum wait for an event. A client that waits does not notice a lost connection until the wait is over and it asks again.
    /// </summary>
    private static readonly ReadEventOptions Options = new() { MaximumWaitTime = TimeSpan.FromSeconds(1) };

    private bool IsNothingToRead => untilEnd && (partition.IsEmpty || !fromStart);

    /// <summary>The start position is not "latest", because the link is opened later and events until then would be skipped.</summary>
    private EventPosition Start => fromStart || partition.LastEnqueuedSequenceNumber < 0
        ? EventPosition.Earliest
        : EventPosition.FromSequenceNumber(partition.LastEnqueuedSequenceNumber, isInclusive: false);

    /// <summary>Writes the messages to a channel.</summary>
    /// <exception cref="StoreUnavailableException">The consumer group does not exist.</exception>
    public async Task CopyToAsync(ChannelWriter<ReceivedMessage> target, CancellationToken cancellationToken)
    {
        if (IsNothingToRead) return;
        try
        {
            await foreach (var read in client.ReadEventsFromPartitionAsync(partition.Id, Start, Options, cancellationToken))
            {
                if (read.Data is null) continue;
                await target.WriteAsync(ReceivedMessage.Of(partition.Id, read.Data), cancellationToken);
                if (untilEnd && read.Data.SequenceNumber >= partition.LastEnqueuedSequenceNumber) return;
            }
        }
        catch (EventHubsException exception) when (exception.Reason == EventHubsException.FailureReason.ResourceNotFound)
        {
            // The hub exists, because it has just answered.
            throw new StoreUnavailableException(
                $"hub '{client.EventHubName}' has no consumer group '{client.ConsumerGroup}' ({exception.Reason}); create it, or name another.",
                exception);
        }
    }
}
