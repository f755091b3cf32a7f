using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Primitives;
using Azure.Messaging.EventHubs.Processor;
using Changeling.Events;
using Changeling.HostStandIn.Invoking;

namespace Changeling.HostStandIn.Listening;

/// <summary>The client's own processor: claims partitions, receives batches, one at a time for each partition.</summary>
internal sealed class HubProcessor(
    BlobCheckpointStore store, int maxBatchSize, HubBinding binding, EventProcessorOptions options, BatchRun run, Action<Exception> onError)
    : PluggableCheckpointStoreEventProcessor<EventProcessorPartition>(
        store, maxBatchSize, binding.ConsumerGroup, binding.Connection, binding.Hub, options)
{
    /// <summary>The partitions that it reads.</summary>
    public OwnedPartitions Owned { get; } = new();

    private HubAddress Address => new(FullyQualifiedNamespace, ConsumerGroup);

    /// <summary>Stops receiving, waits for the batches in progress and releases the partitions.</summary>
    public async Task StopAsync()
    {
        try
        {
            await StopProcessingAsync();
        }
        catch (Exception exception)
        {
            // An earlier error of the hub or the storage account. The processor has stopped in any case.
            onError(exception);
        }
    }

    /// <summary>
    /// One batch: calls, then the checkpoint. The token is not passed on: as with the extension, a call continues when the
    /// processor stops or loses the partition.
    /// </summary>
    protected override async Task OnProcessingEventBatchAsync(
        IEnumerable<EventData> events, EventProcessorPartition partition, CancellationToken cancellationToken)
    {
        var list = events.ToList();
        if (list.Count == 0) return;

        // After a return without a checkpoint, the client would deliver the next batch.
        if (!await HandOverAsync(partition.PartitionId, list)) await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    protected override Task OnInitializingPartitionAsync(EventProcessorPartition partition, CancellationToken cancellationToken)
    {
        Owned.Add(partition.PartitionId);
        return Task.CompletedTask;
    }

    protected override Task OnPartitionProcessingStoppedAsync(
        EventProcessorPartition partition, ProcessingStoppedReason reason, CancellationToken cancellationToken)
    {
        Owned.Remove(partition.PartitionId);
        return Task.CompletedTask;
    }

    protected override async Task<EventProcessorCheckpoint?> GetCheckpointAsync(string partitionId, CancellationToken cancellationToken)
    {
        var checkpoint = await base.GetCheckpointAsync(partitionId, cancellationToken);
        if (checkpoint is HubCheckpoint { SequenceNumber: { } number })
            run.Checkpoints.Move(new EventPartition(EventHubName, partitionId), number);
        return checkpoint;
    }

    protected override Task OnProcessingErrorAsync(
        Exception exception, EventProcessorPartition? partition, string operationDescription, CancellationToken cancellationToken)
    {
        onError(exception);
        return Task.CompletedTask;
    }

    private async Task<bool> HandOverAsync(string partitionId, List<EventData> events)
    {
        try
        {
            var input = EventsInput.Of(new EventPartition(EventHubName, partitionId), events, Address);
            var position = CheckpointPosition.FromEvent(events[^1]);
            return await run.RunAsync(
                input, () => UpdateCheckpointAsync(partitionId, position, CancellationToken.None), CancellationToken.None);
        }
        catch (Exception exception)
        {
            // The client restarts the partition at its last checkpoint without reporting the reason.
            onError(exception);
            throw;
        }
    }
}
