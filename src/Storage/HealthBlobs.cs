using Azure.Storage.Blobs;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>The health reports of the running instances: blobs <c>health/{instance}.json</c>, each written by its instance only.</summary>
public sealed class HealthBlobs(BlobServiceClient service)
{
    /// <summary>The container.</summary>
    public const string Container = "health";

    private readonly BlobContainerClient _container = service.GetBlobContainerClient(Container);

    /// <summary>Writes an instance's blob and replaces the previous one.</summary>
    /// <param name="instance">The instance's name; characters that a blob name cannot contain are escaped.</param>
    /// <param name="json">The content, UTF-8 JSON.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be used now.</exception>
    public async Task WriteAsync(string instance, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        try
        {
            await _container.GetBlobClient($"{BlobNames.Segment(instance)}.json")
                .UploadAsync(BinaryData.FromBytes(json), overwrite: true, cancellationToken);
        }
        catch (Exception exception) when (StorageFaults.IsOutage(exception, cancellationToken))
        {
            throw StorageFaults.Unavailable($"container {Container}", exception);
        }
    }

    /// <summary>
    /// The blobs of all instances, in order of name, each UTF-8 JSON. Blobs of earlier instances are contained until they are deleted.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store cannot be used now.</exception>
    public async Task<IReadOnlyList<(string Name, ReadOnlyMemory<byte> Json)>> ReadAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            var all = new List<(string, ReadOnlyMemory<byte>)>();
            await foreach (var blob in _container.GetBlobsAsync(cancellationToken: cancellationToken))
            {
                var content = await _container.GetBlobClient(blob.Name).DownloadContentAsync(cancellationToken);
                all.Add((blob.Name, content.Value.Content.ToMemory()));
            }

            return all;
        }
        catch (Exception exception) when (StorageFaults.IsOutage(exception, cancellationToken))
        {
            throw StorageFaults.Unavailable($"container {Container}", exception);
        }
    }
}
