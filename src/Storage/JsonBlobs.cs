using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>Files that users keep in a container of their own, <c>*.json</c>: rules or exceptions.</summary>
/// <param name="service">The account's blobs.</param>
/// <param name="container">The container: <see cref="Rules"/> or <see cref="Exceptions"/>.</param>
public sealed class JsonBlobs(BlobServiceClient service, string container)
{
    /// <summary>The container of rules.</summary>
    public const string Rules = "rules";

    /// <summary>The container of exceptions and host groups.</summary>
    public const string Exceptions = "exceptions";

    /// <summary>Largest file that is read; a rule has a few kilobytes.</summary>
    private const long MaxBytes = 256 * 1024;

    private readonly BlobContainerClient _container = service.GetBlobContainerClient(container);

    /// <summary>Lists all files and reads those that changed: one request for the list, one for each change.</summary>
    /// <param name="known">What was read before, by name.</param>
    /// <param name="cancellationToken">Stops between requests.</param>
    /// <returns>All files there are now, by name.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be used now.</exception>
    public Task<IReadOnlyDictionary<string, JsonBlob>> ReadAsync(
        IReadOnlyDictionary<string, JsonBlob> known, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var all = new SortedDictionary<string, JsonBlob>(StringComparer.Ordinal);
        await foreach (var blob in _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, cancellationToken))
        {
            if (!blob.Name.EndsWith(".json", StringComparison.Ordinal)) continue;
            var etag = blob.Properties.ETag?.ToString() ?? "";
            if (known.TryGetValue(blob.Name, out var before) && before.ETag == etag) all[blob.Name] = before;
            else if (await ReadOneAsync(blob, etag, cancellationToken) is { } read) all[blob.Name] = read;
        }

        return (IReadOnlyDictionary<string, JsonBlob>)all;
    }, cancellationToken);

    /// <summary>Writes a file.</summary>
    /// <param name="name">The blob's name.</param>
    /// <param name="content">UTF-8 JSON.</param>
    /// <param name="replaces">Whether a file of that name may be written over.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Whether it was written: <see langword="false"/> when there is one and it may not.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be used now.</exception>
    public Task<bool> WriteAsync(string name, byte[] content, bool replaces, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        try
        {
            var options = new BlobUploadOptions { Conditions = replaces ? null : new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await _container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), options, cancellationToken);
            return true;
        }
        catch (RequestFailedException there) when (there.Status is 409 or 412)
        {
            return false;
        }
    }, cancellationToken);

    /// <summary>Deletes a file.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be used now.</exception>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) =>
        AskAsync(
            async () => (await _container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancellationToken)).Value,
            cancellationToken);

    private async Task<JsonBlob?> ReadOneAsync(BlobItem blob, string etag, CancellationToken cancellationToken)
    {
        if (blob.Properties.ContentLength > MaxBytes) return new JsonBlob(etag, default);
        try
        {
            var download = await _container.GetBlobClient(blob.Name).DownloadContentAsync(cancellationToken);

            // The list's ETag, which is compared the next time: the download's is written with quotes, and may be newer than the list.
            return new JsonBlob(etag, download.Value.Content.ToMemory());
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            // Deleted since it was listed.
            return null;
        }
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (StorageFaults.IsOutage(exception, cancellationToken))
        {
            throw StorageFaults.Unavailable($"container {container}", exception);
        }
    }
}

/// <summary>A file as it was read.</summary>
/// <param name="ETag">The blob's.</param>
/// <param name="Content">UTF-8 JSON; empty for one that is too large.</param>
public sealed record JsonBlob(string ETag, ReadOnlyMemory<byte> Content);
