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

    /// <summary>Maximum size of a file in bytes; a rule has a few kilobytes. A larger one is not read.</summary>
    public const long MaxBytes = 256 * 1024;

    private readonly BlobContainerClient _container = service.GetBlobContainerClient(container);

    /// <summary>Lists all files and reads those that changed: one request for the list, one for each change.</summary>
    /// <param name="known">The files that were read before, by name.</param>
    /// <param name="cancellationToken">Stops between requests.</param>
    /// <returns>All current files, by name.</returns>
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
    /// <param name="replaces">Whether an existing file of that name may be replaced.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Whether the file was written; <see langword="false"/> if it exists and may not be replaced.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be used now.</exception>
    public Task<bool> WriteAsync(string name, byte[] content, bool replaces, CancellationToken cancellationToken) =>
        UploadAsync(name, content, replaces ? null : new BlobRequestConditions { IfNoneMatch = ETag.All }, cancellationToken);

    /// <summary>Replaces a file that was read before.</summary>
    /// <param name="name">The blob's name.</param>
    /// <param name="content">UTF-8 JSON.</param>
    /// <param name="read">What was read.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>Whether the file was replaced; <see langword="false"/> if it has changed since, or is gone.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be used now.</exception>
    public Task<bool> ReplaceAsync(string name, byte[] content, JsonBlob read, CancellationToken cancellationToken) =>
        UploadAsync(name, content, new BlobRequestConditions { IfMatch = new ETag(read.ETag) }, cancellationToken);

    /// <summary>Deletes a file.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be used now.</exception>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) =>
        AskAsync(
            async () => (await _container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancellationToken)).Value,
            cancellationToken);

    private Task<bool> UploadAsync(
        string name, byte[] content, BlobRequestConditions? conditions, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        try
        {
            var options = new BlobUploadOptions { Conditions = conditions };
            await _container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(content), options, cancellationToken);
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status is 409 or 412)
        {
            return false;
        }
    }, cancellationToken);

    private async Task<JsonBlob?> ReadOneAsync(BlobItem blob, string etag, CancellationToken cancellationToken)
    {
        if (blob.Properties.ContentLength > MaxBytes) return new JsonBlob(etag, default);
        try
        {
            var download = await _container.GetBlobClient(blob.Name).DownloadContentAsync(cancellationToken);

            // Keep the list's ETag, which is compared with the next list. The download's ETag has quotes and may be newer than the list.
            return new JsonBlob(etag, download.Value.Content.ToMemory());
        }
        catch (RequestFailedException gone) when (gone.Status == 404)
        {
            // The blob was deleted after it was listed.
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

/// <summary>One file with its ETag.</summary>
/// <param name="ETag">ETag of the blob.</param>
/// <param name="Content">UTF-8 JSON; empty for a file that is too large.</param>
public sealed record JsonBlob(string ETag, ReadOnlyMemory<byte> Content);
