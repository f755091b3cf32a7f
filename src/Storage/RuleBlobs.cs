using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Changeling.Storage;

/// <summary>Rule files of users: blobs <c>rules/*.json</c>.</summary>
/// <param name="service">The account's blobs.</param>
public sealed class RuleBlobs(BlobServiceClient service)
{
    /// <summary>The container.</summary>
    public const string Container = "rules";

    /// <summary>Largest file that is read; a rule has a few kilobytes.</summary>
    private const long MostBytes = 256 * 1024;

    private readonly BlobContainerClient _container = service.GetBlobContainerClient(Container);

    /// <summary>Lists all files and reads those that changed: one request for the list, one for each change.</summary>
    /// <param name="known">What was read before, by name.</param>
    /// <param name="cancellationToken">Stops between requests.</param>
    /// <returns>All files there are now, by name.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be used now.</exception>
    public async Task<IReadOnlyDictionary<string, RuleBlob>> ReadAsync(IReadOnlyDictionary<string, RuleBlob> known, CancellationToken cancellationToken)
    {
        try
        {
            var all = new SortedDictionary<string, RuleBlob>(StringComparer.Ordinal);
            await foreach (var blob in _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, cancellationToken))
            {
                if (!blob.Name.EndsWith(".json", StringComparison.Ordinal)) continue;
                var etag = blob.Properties.ETag?.ToString() ?? "";
                if (known.TryGetValue(blob.Name, out var before) && before.ETag == etag) all[blob.Name] = before;
                else if (await ReadOneAsync(blob, etag, cancellationToken) is { } read) all[blob.Name] = read;
            }

            return all;
        }
        catch (Exception exception) when (StorageFaults.IsOutage(exception, cancellationToken))
        {
            throw StorageFaults.Unavailable($"container {Container}", exception);
        }
    }

    private async Task<RuleBlob?> ReadOneAsync(BlobItem blob, string etag, CancellationToken cancellationToken)
    {
        if (blob.Properties.ContentLength > MostBytes) return new RuleBlob(etag, default);
        try
        {
            var download = await _container.GetBlobClient(blob.Name).DownloadContentAsync(cancellationToken);
            return new RuleBlob(download.Value.Details.ETag.ToString(), download.Value.Content.ToMemory());
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            // Deleted since it was listed.
            return null;
        }
    }
}

/// <summary>A file as it was read.</summary>
/// <param name="ETag">The blob's.</param>
/// <param name="Content">UTF-8 JSON; empty for one that is too large.</param>
public sealed record RuleBlob(string ETag, ReadOnlyMemory<byte> Content);
