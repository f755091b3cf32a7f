using System.Collections.Concurrent;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using Azure.Messaging.EventHubs.Primitives;
using Azure.Messaging.EventHubs.Processor;

namespace Changeling.HubStandIn.Tests.Support;

/// <summary>Collects events and checkpoints after each batch, as the trigger of a function app does.</summary>
internal sealed class CollectingProcessor(
    MemoryCheckpointStore store, string connectionString, string hub, ConcurrentQueue<(int Partition, string Body)> received,
    Action onReceived)
    : PluggableCheckpointStoreEventProcessor<EventProcessorPartition>(
        store, 50, HubDefinition.DefaultConsumerGroup, connectionString, hub, Options)
{
    private static EventProcessorOptions Options => new()
    {
        DefaultStartingPosition = EventPosition.Earliest,
        LoadBalancingStrategy = LoadBalancingStrategy.Greedy,
        LoadBalancingUpdateInterval = TimeSpan.FromMilliseconds(100),
        PartitionOwnershipExpirationInterval = TimeSpan.FromSeconds(30),
        MaximumWaitTime = TimeSpan.FromMilliseconds(100),
    };

    /// <summary>What went wrong, if anything.</summary>
    public ConcurrentQueue<Exception> Errors { get; } = [];

    protected override async Task OnProcessingEventBatchAsync(
        IEnumerable<EventData> events, EventProcessorPartition partition, CancellationToken cancellationToken)
    {
        EventData? last = null;
        foreach (var each in events)
        {
            received.Enqueue(
                (int.Parse(partition.PartitionId, System.Globalization.CultureInfo.InvariantCulture), each.EventBody.ToString()));
            last = each;
        }

        if (last is null) return;

        await UpdateCheckpointAsync(partition.PartitionId, CheckpointPosition.FromEvent(last), cancellationToken);
        onReceived();
    }

    protected override Task OnProcessingErrorAsync(
        Exception exception, EventProcessorPartition partition, string operationDescription, CancellationToken cancellationToken)
    {
        Errors.Enqueue(exception);
        return Task.CompletedTask;
    }
}
