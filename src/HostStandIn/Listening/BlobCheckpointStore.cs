using System.Globalization;
using Azure;
using Azure.Messaging.EventHubs.Consumer;
using Azure.Messaging.EventHubs.Primitives;
using Azure.Messaging.EventHubs.Processor;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Changeling.HostStandIn.Listening;

/// <summary>
/// Checkpoints and ownership in blobs, under the names and keys of the Event Hubs extension, so that this store and the extension can
/// continue from each other's checkpoints. All data is in the blobs' metadata.
/// </summary>
internal sealed class BlobCheckpointStore(BlobContainerClient container) : CheckpointStore
{
    private const string Owner = "ownerid";
    private const string Offset = "offset";
    private const string SequenceNumber = "sequencenumber";
    private const string ClientIdentifier = "clientidentifier";

    public override async Task<IEnumerable<EventProcessorPartitionOwnership>> ListOwnershipAsync(
        string fullyQualifiedNamespace, string eventHubName, string consumerGroup, CancellationToken cancellationToken)
    {
        var prefix = Prefix(fullyQualifiedNamespace, eventHubName, consumerGroup) + "ownership/";
        var owned = new List<EventProcessorPartitionOwnership>();
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix, cancellationToken))
        {
            owned.Add(new EventProcessorPartitionOwnership
            {
                FullyQualifiedNamespace = fullyQualifiedNamespace,
                EventHubName = eventHubName,
                ConsumerGroup = consumerGroup,
                PartitionId = blob.Name[prefix.Length..],
                OwnerIdentifier = blob.Metadata.TryGetValue(Owner, out var owner) ? owner : "",
                LastModifiedTime = blob.Properties.LastModified.GetValueOrDefault(),
                Version = blob.Properties.ETag.ToString(),
            });
        }

        return owned;
    }

    public override async Task<IEnumerable<EventProcessorPartitionOwnership>> ClaimOwnershipAsync(
        IEnumerable<EventProcessorPartitionOwnership> desiredOwnership, CancellationToken cancellationToken)
    {
        var claimed =
            await Task.WhenAll(desiredOwnership.Select(async desired => await ClaimAsync(desired, cancellationToken) ? desired : null));
        return claimed.OfType<EventProcessorPartitionOwnership>();
    }

    public override async Task<EventProcessorCheckpoint?> GetCheckpointAsync(
        string fullyQualifiedNamespace, string eventHubName, string consumerGroup, string partitionId, CancellationToken cancellationToken)
    {
        var blob = container.GetBlobClient($"{Prefix(fullyQualifiedNamespace, eventHubName, consumerGroup)}checkpoint/{partitionId}");
        try
        {
            var metadata = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value.Metadata;
            long? number = metadata.TryGetValue(SequenceNumber, out var text)
                && long.TryParse(text, CultureInfo.InvariantCulture, out var parsed)
                ? parsed
                : null;
            var offset = metadata.TryGetValue(Offset, out var value) && value.Length > 0 ? value : null;
            if (number is null && offset is null) return null;
            return new HubCheckpoint
            {
                FullyQualifiedNamespace = fullyQualifiedNamespace,
                EventHubName = eventHubName,
                ConsumerGroup = consumerGroup,
                PartitionId = partitionId,
                SequenceNumber = number,
                StartingPosition = offset is not null
                    ? EventPosition.FromOffset(offset, false)
                    : EventPosition.FromSequenceNumber(number!.Value, false),
            };
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    public override Task UpdateCheckpointAsync(
        string fullyQualifiedNamespace,
        string eventHubName,
        string consumerGroup,
        string partitionId,
        string clientIdentifier,
        CheckpointPosition startingPosition,
        CancellationToken cancellationToken)
    {
        var blob = container.GetBlobClient($"{Prefix(fullyQualifiedNamespace, eventHubName, consumerGroup)}checkpoint/{partitionId}");
        var metadata = new Dictionary<string, string>
        {
            [Offset] = startingPosition.OffsetString ?? "",
            [SequenceNumber] = startingPosition.SequenceNumber.ToString(CultureInfo.InvariantCulture),
            [ClientIdentifier] = clientIdentifier,
        };
        return blob.UploadAsync(BinaryData.Empty.ToStream(), metadata: metadata, cancellationToken: cancellationToken);
    }

    /// <summary>A lost race is a result and not an error.</summary>
    private async Task<bool> ClaimAsync(EventProcessorPartitionOwnership desired, CancellationToken cancellationToken)
    {
        var blob = container.GetBlobClient(
            $"{Prefix(desired.FullyQualifiedNamespace, desired.EventHubName, desired.ConsumerGroup)}ownership/{desired.PartitionId}");
        var unchanged = desired.Version is { } version
            ? new BlobRequestConditions { IfMatch = new ETag(version) }
            : new BlobRequestConditions { IfNoneMatch = ETag.All };
        var metadata = new Dictionary<string, string> { [Owner] = desired.OwnerIdentifier };
        try
        {
            var written = await blob.UploadAsync(
                BinaryData.Empty.ToStream(), metadata: metadata, conditions: unchanged, cancellationToken: cancellationToken);
            desired.LastModifiedTime = written.Value.LastModified;
            desired.Version = written.Value.ETag.ToString();
            return true;
        }
        catch (RequestFailedException exception) when (
            exception.ErrorCode == BlobErrorCode.ConditionNotMet || exception.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            return false;
        }
    }

#pragma warning disable CA1308 // The extension's names are in lower case.
    private static string Prefix(string fullyQualifiedNamespace, string eventHubName, string consumerGroup) =>
        $"{fullyQualifiedNamespace}/{eventHubName}/{consumerGroup}/".ToLowerInvariant();
#pragma warning restore CA1308
}

/// <summary>A checkpoint with its sequence number.</summary>
internal sealed class HubCheckpoint : EventProcessorCheckpoint
{
    public long? SequenceNumber { get; init; }
}
