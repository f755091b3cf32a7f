using System.Threading.Channels;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using Changeling.Storing;

namespace Changeling.Hubs;

/// <summary>Reads one event partition.</summary>
/// <param name="client">The client; its owner closes it.</param>
/// <param name="partition">The partition as it was when the reading began.</param>
/// <param name="fromStart">All that the hub still keeps; otherwise what arrives later.</param>
/// <param name="untilEnd">Ends with the last message that was there.</param>
internal sealed class PartitionReading(EventHubConsumerClient client, PartitionProperties partition, bool fromStart, bool untilEnd)
{
    /// <summary>
    /// A client that waits for an event does not see that its connection was cut before the wait is over; then it has no event, and asks
    /// again.
    /// </summary>
    private static readonly ReadEventOptions Options = new() { MaximumWaitTime = TimeSpan.FromSeconds(1) };

    private bool IsNothingToRead => untilEnd && (partition.IsEmpty || !fromStart);

    /// <summary>Not "the latest": the link opens later, and what arrives until then would be left out.</summary>
    private EventPosition Start => fromStart || partition.LastEnqueuedSequenceNumber < 0
        ? EventPosition.Earliest
        : EventPosition.FromSequenceNumber(partition.LastEnqueuedSequenceNumber, isInclusive: false);

    /// <summary>Writes the messages to a channel.</summary>
    /// <exception cref="StoreUnavailableException">There is no such consumer group.</exception>
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
            // The hub has just answered for itself.
            throw new StoreUnavailableException(
                $"hub '{client.EventHubName}' has no consumer group '{client.ConsumerGroup}' ({exception.Reason}); create it, or name another.",
                exception);
        }
    }
}
