using System.Collections.Concurrent;
using Azure.Messaging.EventHubs.Producer;
using Changeling.Storing;

namespace Changeling.Hubs;

/// <summary>
/// One round of sending, in batches of one partition key or event partition. Messages with the same key keep their order; several keys are
/// sent at the same time. After a failure no further batch is sent, but the answers to batches in progress are awaited, because the hub may
/// still accept them.
/// </summary>
/// <param name="client">The client; its owner closes it.</param>
/// <param name="maxParallelKeys">Keys that are sent at the same time.</param>
/// <param name="begin">When cancelled, no further batch is sent.</param>
/// <param name="finish">When cancelled, batches in progress are cancelled, and it is not known whether the hub has them.</param>
internal sealed class KeyedSend(EventHubProducerClient client, int maxParallelKeys, CancellationToken begin, CancellationToken finish)
{
    private const string Role = "Azure Event Hubs Data Sender";

    private readonly ConcurrentBag<int> _tooLarge = [];
    private StoreUnavailableException? _failure;
    private volatile bool _isIncomplete;

    /// <summary>The hub's limit for a batch, envelope included; 0 before the first batch.</summary>
    public long MaxBytes { get; private set; }

    private bool IsStopped => _failure is not null || begin.IsCancellationRequested;

    /// <summary>Sends all messages, and returns when the hub has answered for each.</summary>
    /// <param name="messages">In order.</param>
    /// <param name="taken">Called by several threads with the numbers of the messages in each batch that the hub has accepted.</param>
    /// <returns>The numbers of messages above the hub's size limit, ascending: these were not sent.</returns>
    /// <exception cref="StoreUnavailableException">The hub cannot be used now.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before all was sent.</exception>
    public async Task<IReadOnlyList<int>> RunAsync(IEnumerable<KeyedMessage> messages, Action<IReadOnlyList<int>> taken)
    {
        var keys = messages.GroupBy(message => (message.Key, message.PartitionId));
        var options = new ParallelOptions { MaxDegreeOfParallelism = maxParallelKeys };
        await Parallel.ForEachAsync(
            keys,
            options,
            async (ofKey, _) =>
                await SendKeyAsync(
                    new CreateBatchOptions { PartitionKey = ofKey.Key.Key, PartitionId = ofKey.Key.PartitionId },
                    new Queue<KeyedMessage>(ofKey),
                    taken));
        if (_failure is not null) throw _failure;
        if (_isIncomplete) begin.ThrowIfCancellationRequested();
        return [.. _tooLarge.Order()];
    }

    private async Task SendKeyAsync(CreateBatchOptions target, Queue<KeyedMessage> waiting, Action<IReadOnlyList<int>> taken)
    {
        while (waiting.Count > 0 && !IsStopped) taken(await SendBatchAsync(target, waiting));
        if (waiting.Count > 0) _isIncomplete = true;
    }

    /// <summary>Sends the first that fit into one batch.</summary>
    /// <returns>The numbers of the messages that the hub has accepted; none after a failure.</returns>
    private async Task<IReadOnlyList<int>> SendBatchAsync(CreateBatchOptions target, Queue<KeyedMessage> waiting)
    {
        try
        {
            using var batch = await client.CreateBatchAsync(target, finish);
            MaxBytes = batch.MaximumSizeInBytes;
            var numbers = new List<int>();
            while (waiting.TryPeek(out var next) && batch.TryAdd(next.Event)) numbers.Add(waiting.Dequeue().Number);
            if (numbers.Count > 0) await client.SendAsync(batch, finish);
            else _tooLarge.Add(waiting.Dequeue().Number);
            return numbers;
        }
        catch (Exception exception) when (HubErrors.IsOutage(exception, finish))
        {
            Interlocked.CompareExchange(ref _failure, HubErrors.Unavailable(client.EventHubName, Role, exception), null);
            return [];
        }
    }
}
