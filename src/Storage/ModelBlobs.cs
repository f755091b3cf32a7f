using System.Net;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Changeling.Storage;

/// <summary>
/// Model packages and the pointer to the current one, in container <c>models</c>. A package is never overwritten; a new
/// model arrives as a new blob, and then the pointer changes.
/// </summary>
public sealed class ModelBlobs(BlobServiceClient service)
{
    /// <summary>The container.</summary>
    public const string Container = "models";

    /// <summary>The pointer blob.</summary>
    public const string PointerName = "current.json";

    /// <summary>Largest package that is loaded.</summary>
    /// <value>256 MiB.</value>
    public const int MaxPackageBytes = 256 * 1024 * 1024;

    private const string Store = "container " + Container;

    private readonly BlobContainerClient _container = service.GetBlobContainerClient(Container);

    /// <summary>Reads the pointer.</summary>
    /// <param name="known">The version seen last; null reads in any case.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>Unchanged, missing, or the pointer with its version.</returns>
    /// <exception cref="StoreUnavailableException">The container cannot be read now.</exception>
    /// <exception cref="InvalidDataException">The blob is no pointer.</exception>
    public async Task<PointerReading> ReadPointerAsync(string? known, CancellationToken cancellationToken)
    {
        var options = new BlobDownloadOptions();
        if (known is not null) options.Conditions = new BlobRequestConditions { IfNoneMatch = new ETag(known) };

        try
        {
            var response = await _container.GetBlobClient(PointerName).DownloadContentAsync(options, cancellationToken);
            if (response.GetRawResponse().Status == (int)HttpStatusCode.NotModified) return PointerReading.Unchanged;
            return new PointerReading(PointerState.Read, ModelPointer.Parse(response.Value.Content), response.Value.Details.ETag.ToString());
        }
        catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.NotModified)
        {
            return PointerReading.Unchanged;
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return PointerReading.Missing;
        }
        catch (Exception exception) when (StorageFaults.IsOutage(exception, cancellationToken))
        {
            throw StorageFaults.Unavailable(Store, exception);
        }
    }

    /// <summary>Downloads a package and verifies its bytes.</summary>
    /// <exception cref="StoreUnavailableException">The package cannot be read now.</exception>
    /// <exception cref="InvalidDataException">The package is too large, or its SHA-256 is not the pointer's.</exception>
    public async Task<ReadOnlyMemory<byte>> DownloadAsync(ModelPointer pointer, CancellationToken cancellationToken)
    {
        try
        {
            var blob = _container.GetBlobClient(pointer.Package);
            var properties = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
            if (properties.Value.ContentLength > MaxPackageBytes)
            {
                throw new InvalidDataException($"Package {pointer.Package} has {properties.Value.ContentLength} bytes; the limit is {MaxPackageBytes}.");
            }

            var content = (await blob.DownloadContentAsync(cancellationToken)).Value.Content.ToMemory();
            var digest = Convert.ToHexStringLower(SHA256.HashData(content.Span));
            return digest == pointer.Sha256
                ? content
                : throw new InvalidDataException($"Package {pointer.Package} has SHA-256 {digest}; the pointer says {pointer.Sha256}.");
        }
        catch (Exception exception) when (StorageFaults.IsOutage(exception, cancellationToken))
        {
            throw StorageFaults.Unavailable($"blob {Container}/{pointer.Package}", exception);
        }
    }

    /// <summary>
    /// Uploads a package and points to it, unless there is a pointer already: of many instances that start at once one wins,
    /// and a pointer set by a person is never overwritten.
    /// </summary>
    /// <returns>Whether this call's pointer is the one that stands.</returns>
    /// <exception cref="StoreUnavailableException">The container cannot be written now.</exception>
    public async Task<bool> SeedAsync(string fileName, ReadOnlyMemory<byte> package, CancellationToken cancellationToken)
    {
        var pointer = ModelPointer.For(fileName, package.Span);
        await TryCreateAsync(pointer.Package, new BinaryData(package), cancellationToken);
        return await TryCreateAsync(PointerName, pointer.ToJson(), cancellationToken);
    }

    /// <summary>Uploads a package and makes it the current one.</summary>
    /// <exception cref="StoreUnavailableException">The container cannot be written now.</exception>
    public async Task<ModelPointer> PublishAsync(string fileName, ReadOnlyMemory<byte> package, CancellationToken cancellationToken)
    {
        var pointer = ModelPointer.For(fileName, package.Span);
        await TryCreateAsync(pointer.Package, new BinaryData(package), cancellationToken);
        await UploadAsync(PointerName, pointer.ToJson(), new BlobUploadOptions(), cancellationToken);
        return pointer;
    }

    private async Task<bool> TryCreateAsync(string name, BinaryData content, CancellationToken cancellationToken)
    {
        var onlyIfAbsent = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
        try
        {
            await UploadAsync(name, content, onlyIfAbsent, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is (int)HttpStatusCode.Conflict or (int)HttpStatusCode.PreconditionFailed)
        {
            return false;
        }
    }

    private async Task UploadAsync(string name, BinaryData content, BlobUploadOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await _container.GetBlobClient(name).UploadAsync(content, options, cancellationToken);
        }
        catch (Exception exception) when (StorageFaults.IsOutage(exception, cancellationToken))
        {
            throw StorageFaults.Unavailable(Store, exception);
        }
    }
}
