using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using Changeling.Storing;

namespace Changeling.Hubs;

/// <summary>
/// Reads all event partitions of a hub for a person. It keeps no checkpoint and does not take partitions from other readers.
/// </summary>
public sealed class HubTail : IAsyncDisposable
{
    /// <summary>The consumer group that every hub has.</summary>
    public const string DefaultGroup = EventHubConsumerClient.DefaultConsumerGroupName;

    private const string Role = "Azure Event Hubs Data Receiver";
    private const int MaxWaiting = 1_000;

    private readonly EventHubConsumerClient _client;

    /// <summary>Prepares the hub; nothing is asked of it yet.</summary>
    /// <param name="endpoint">Its namespace.</param>
    /// <param name="hub">Its name.</param>
    /// <param name="group">The consumer group to read through. A hub allows five readers of an event partition in each.</param>
    /// <exception cref="FormatException">The endpoint is for another hub.</exception>
    public HubTail(HubEndpoint endpoint, string hub, string group = DefaultGroup)
        : this(endpoint, hub, group, HubRetries.ForPeople)
    {
    }

    internal HubTail(HubEndpoint endpoint, string hub, string group, EventHubsRetryOptions retries) =>
        _client = endpoint.OpenConsumer(group, hub, retries);

    /// <summary>Reads messages when they arrive; those of one event partition in order.</summary>
    /// <param name="fromStart">
    /// All that the hub still keeps; otherwise only messages that arrive after this call has read the ends of the partitions.
    /// </param>
    /// <param name="untilEnd">Ends with the last message that existed when the reading began.</param>
    /// <param name="cancellationToken">Ends the reading without an exception.</param>
    /// <exception cref="StoreUnavailableException">
    /// The hub or consumer group does not exist, may not be read, or cannot be reached.
    /// </exception>
    public async IAsyncEnumerable<ReceivedMessage> ReadAsync(
        bool fromStart, bool untilEnd, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var found = Channel.CreateBounded<ReceivedMessage>(MaxWaiting);
        var reading = ReadAllAsync(found.Writer, fromStart, untilEnd, stop.Token);
        try
        {
            while (await MoreAsync(found.Reader, cancellationToken))
            {
                while (found.Reader.TryRead(out var message)) yield return message;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static async Task<bool> MoreAsync(ChannelReader<ReceivedMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            return await messages.WaitToReadAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>
    /// Completes the channel when all partitions have ended, or with the first failure. Ends when nothing reads any more.
    /// </summary>
    private async Task ReadAllAsync(
        ChannelWriter<ReceivedMessage> target, bool fromStart, bool untilEnd, CancellationToken cancellationToken)
    {
        List<Task> readings = [];
        try
        {
            var partitions = await PartitionsAsync(cancellationToken);
            readings.AddRange(
                partitions.Select(
                    partition => new PartitionReading(_client, partition, fromStart, untilEnd).CopyToAsync(target, cancellationToken)));
            await foreach (var ended in Task.WhenEach(readings)) await ended;
            target.TryComplete();
        }
        catch (Exception exception)
        {
            target.TryComplete(
                HubErrors.IsOutage(exception, cancellationToken)
                    ? HubErrors.Unavailable(_client.EventHubName, Role, exception)
                    : exception);
        }

        await Task.WhenAll(readings).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<PartitionProperties[]> PartitionsAsync(CancellationToken cancellationToken)
    {
        var ids = await _client.GetPartitionIdsAsync(cancellationToken);
        return await Task.WhenAll(ids.Select(id => _client.GetPartitionPropertiesAsync(id, cancellationToken)));
    }
}
