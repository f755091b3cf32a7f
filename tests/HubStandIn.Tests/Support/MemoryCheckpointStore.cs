using System.Collections.Concurrent;
using Azure.Messaging.EventHubs.Consumer;
using Azure.Messaging.EventHubs.Primitives;
using Azure.Messaging.EventHubs.Processor;

namespace Changeling.HubStandIn.Tests.Support;

/// <summary>Checkpoints and ownership of partitions, for processors of one process.</summary>
internal sealed class MemoryCheckpointStore : CheckpointStore
{
    private readonly ConcurrentDictionary<string, CheckpointPosition> _checkpoints = new();
    private readonly Dictionary<string, EventProcessorPartitionOwnership> _owners = [];
    private int _version;

    /// <summary>Sequence number of the last event worked through.</summary>
    public long? Checkpoint(int partition) => _checkpoints.TryGetValue($"{partition}", out var position) ? position.SequenceNumber : null;

    public override Task<IEnumerable<EventProcessorPartitionOwnership>> ListOwnershipAsync(
        string fullyQualifiedNamespace, string eventHubName, string consumerGroup, CancellationToken cancellationToken)
    {
        lock (_owners) return Task.FromResult<IEnumerable<EventProcessorPartitionOwnership>>([.. _owners.Values]);
    }

    public override Task<IEnumerable<EventProcessorPartitionOwnership>> ClaimOwnershipAsync(
        IEnumerable<EventProcessorPartitionOwnership> desiredOwnership, CancellationToken cancellationToken)
    {
        lock (_owners) return Task.FromResult<IEnumerable<EventProcessorPartitionOwnership>>([.. desiredOwnership.Where(TryClaim)]);
    }

    public override Task<EventProcessorCheckpoint> GetCheckpointAsync(
        string fullyQualifiedNamespace, string eventHubName, string consumerGroup, string partitionId,
        CancellationToken cancellationToken) =>
        Task.FromResult(_checkpoints.TryGetValue(partitionId, out var position)
            ? new EventProcessorCheckpoint
            {
                PartitionId = partitionId,
                StartingPosition = EventPosition.FromOffset(position.OffsetString, isInclusive: false),
            }
            : null!);

    public override Task UpdateCheckpointAsync(
        string fullyQualifiedNamespace,
        string eventHubName,
        string consumerGroup,
        string partitionId,
        string clientIdentifier,
        CheckpointPosition startingPosition,
        CancellationToken cancellationToken)
    {
        _checkpoints[partitionId] = startingPosition;
        return Task.CompletedTask;
    }

    private bool TryClaim(EventProcessorPartitionOwnership wanted)
    {
        if (_owners.TryGetValue(wanted.PartitionId, out var present) && present.Version != wanted.Version) return false;

        wanted.Version = $"{++_version}";
        wanted.LastModifiedTime = DateTimeOffset.UtcNow;
        _owners[wanted.PartitionId] = wanted;
        return true;
    }
}
