using Azure;
using Azure.Storage.Blobs;
using Changeling.Events;
using Changeling.Rarity;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>
/// Partition snapshots as blobs <c>fleet/{baseline}/{hub}/{partition}.json.gz</c>, each written by its partition's owner.
/// </summary>
/// <param name="service">The account's blobs.</param>
/// <param name="baseline">Name of the set of counts.</param>
public sealed class FleetBlobs(BlobServiceClient service, string baseline)
{
    /// <summary>The container.</summary>
    public const string Container = "fleet";

    private readonly BlobContainerClient _container = service.GetBlobContainerClient(Container);

    /// <summary>Writes one partition's snapshot and replaces the previous one.</summary>
    /// <returns>The blob's name and its new content, as <see cref="ReadAsync"/> would read it.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be used now.</exception>
    public async Task<(string Name, StoredSnapshot Stored)> WriteAsync(PartitionSnapshot snapshot, CancellationToken cancellationToken)
    {
        try
        {
            var name = NameOf(snapshot.Partition);
            var written = await _container.GetBlobClient(name).UploadAsync(
                BinaryData.FromBytes(SnapshotFile.Write(snapshot)), overwrite: true, cancellationToken);
            return (name, new StoredSnapshot(written.Value.ETag, snapshot));
        }
        catch (Exception exception) when (StorageFaults.IsOutage(exception, cancellationToken))
        {
            throw StorageFaults.Unavailable($"container {Container}", exception);
        }
    }

    /// <summary>Deletes one partition's snapshot, if there is one.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be used now.</exception>
    public async Task DeleteAsync(EventPartition partition, CancellationToken cancellationToken)
    {
        try
        {
            await _container.GetBlobClient(NameOf(partition)).DeleteIfExistsAsync(cancellationToken: cancellationToken);
        }
        catch (Exception exception) when (StorageFaults.IsOutage(exception, cancellationToken))
        {
            throw StorageFaults.Unavailable($"container {Container}", exception);
        }
    }

    /// <summary>Lists all snapshots and reads those that changed: one request for the list, one for each change.</summary>
    /// <param name="known">The snapshots that were read before, by blob name.</param>
    /// <param name="cancellationToken">Stops between requests.</param>
    /// <returns>All current snapshots. For a blob that cannot be read, the last valid snapshot is returned, if there is one.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be used now.</exception>
    public async Task<IReadOnlyDictionary<string, StoredSnapshot>> ReadAsync(
        IReadOnlyDictionary<string, StoredSnapshot> known, CancellationToken cancellationToken)
    {
        try
        {
            var all = new Dictionary<string, StoredSnapshot>(StringComparer.Ordinal);
            await foreach (
                var blob in _container.GetBlobsAsync(
                    Azure.Storage.Blobs.Models.BlobTraits.None, Azure.Storage.Blobs.Models.BlobStates.None, Prefix, cancellationToken))
            {
                var before = known.GetValueOrDefault(blob.Name);
                if (before is not null && IsSame(before.ETag, blob.Properties.ETag)) all[blob.Name] = before;
                else if (await ReadOneAsync(blob.Name, cancellationToken) is { } read) all[blob.Name] = read;
                else if (before is not null) all[blob.Name] = before;
            }

            return all;
        }
        catch (Exception exception) when (StorageFaults.IsOutage(exception, cancellationToken))
        {
            throw StorageFaults.Unavailable($"container {Container}", exception);
        }
    }

    /// <summary>
    /// A list returns ETags without quotes and a download returns them with quotes, and the type's own equality treats these as different.
    /// </summary>
    private static bool IsSame(ETag known, ETag? listed) => listed is { } other && known.ToString("H") == other.ToString("H");

    private string NameOf(EventPartition partition) =>
        $"{Prefix}{BlobNames.Segment(partition.Hub)}/{BlobNames.Segment(partition.Id)}.json.gz";

    private string Prefix => BlobNames.Segment(baseline) + "/";

    private async Task<StoredSnapshot?> ReadOneAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var download = await _container.GetBlobClient(name).DownloadContentAsync(cancellationToken);
            return new StoredSnapshot(download.Value.Details.ETag, SnapshotFile.Read(download.Value.Content.ToStream()));
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            // The blob was deleted after it was listed.
            return null;
        }
        catch (InvalidDataException)
        {
            // The blob was written by a newer or another program. The partition's counts are unknown until its owner writes again.
            return null;
        }
    }
}

/// <summary>A snapshot with the ETag of its blob.</summary>
/// <param name="ETag">ETag of the blob.</param>
/// <param name="Snapshot">The snapshot.</param>
public sealed record StoredSnapshot(ETag ETag, PartitionSnapshot Snapshot);
