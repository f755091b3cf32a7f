using System.Net;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Changeling.Storing;

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

    /// <summary>Maximum size of a package.</summary>
    /// <value>256 MiB.</value>
    public const int MaxPackageBytes = 256 * 1024 * 1024;

    private const string Store = "container " + Container;

    private readonly BlobContainerClient _container = service.GetBlobContainerClient(Container);

    /// <summary>Reads the pointer.</summary>
    /// <param name="known">The version that was read last; null reads in any case.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>Unchanged, missing, damaged, or the pointer with its version.</returns>
    /// <exception cref="StoreUnavailableException">The container cannot be read now.</exception>
    public async Task<PointerReading> ReadPointerAsync(string? known, CancellationToken cancellationToken)
    {
        var options = new BlobDownloadOptions();
        if (known is not null) options.Conditions = new BlobRequestConditions { IfNoneMatch = new ETag(known) };

        try
        {
            var response = await _container.GetBlobClient(PointerName).DownloadContentAsync(options, cancellationToken);
            if (response.GetRawResponse().Status == (int)HttpStatusCode.NotModified) return PointerReading.Unchanged;
            return Reading(response.Value.Content, response.Value.Details.ETag.ToString());
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
                throw new InvalidDataException(
                    $"Package {pointer.Package} has {properties.Value.ContentLength} bytes; the limit is {MaxPackageBytes}.");
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
    /// Uploads a package and points to it, unless there is a pointer already: only one of several instances that start at once succeeds,
    /// and a pointer set by a person is never overwritten. If a package with this version exists already, it is kept, and the pointer names
    /// it.
    /// </summary>
    /// <returns>Whether this call set the pointer.</returns>
    /// <exception cref="StoreUnavailableException">The container cannot be written now.</exception>
    public async Task<bool> SeedAsync(string version, ReadOnlyMemory<byte> package, CancellationToken cancellationToken)
    {
        var pointer = ModelPointer.For(version, package.Span);
        if (!await TryCreateAsync(pointer.Package, new BinaryData(package), cancellationToken))
            pointer = ModelPointer.For(version, (await ReadAsync(pointer.Package, cancellationToken)).Span);
        return await TryCreateAsync(PointerName, pointer.ToJson(), cancellationToken);
    }

    /// <summary>Versions of all packages in the container, in order of name.</summary>
    /// <exception cref="StoreUnavailableException">The container cannot be read now.</exception>
    public async Task<IReadOnlyList<string>> VersionsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var versions = new List<string>();
            await foreach (var blob in _container.GetBlobsAsync(cancellationToken: cancellationToken))
            {
                if (blob.Name != PointerName) versions.Add(new ModelPointer(blob.Name, "").Version);
            }

            return versions;
        }
        catch (Exception exception) when (StorageFaults.IsOutage(exception, cancellationToken))
        {
            throw StorageFaults.Unavailable(Store, exception);
        }
    }

    /// <summary>Uploads a package under its version and does not change the pointer. The same package again changes nothing.</summary>
    /// <returns>Its pointer, and whether it was not there before.</returns>
    /// <exception cref="StoreUnavailableException">The container cannot be written now.</exception>
    /// <exception cref="InvalidDataException">Another package has this version; it is kept.</exception>
    public async Task<(ModelPointer Pointer, bool IsNew)> PublishAsync(
        string version, ReadOnlyMemory<byte> package, CancellationToken cancellationToken)
    {
        var pointer = ModelPointer.For(version, package.Span);
        if (await TryCreateAsync(pointer.Package, new BinaryData(package), cancellationToken)) return (pointer, true);
        var there = ModelPointer.For(version, (await ReadAsync(pointer.Package, cancellationToken)).Span);
        return there == pointer
            ? (pointer, false)
            : throw new InvalidDataException(
                $"Version {version} is published already with other bytes (SHA-256 {there.Sha256[..12]}…, this one is {pointer.Sha256[..12]}…); give the new package a version of its own.");
    }

    /// <summary>The package that is published under a version.</summary>
    /// <returns>Its pointer and its bytes; <see langword="null"/> when there is none.</returns>
    /// <exception cref="StoreUnavailableException">The container cannot be read now.</exception>
    public async Task<(ModelPointer Pointer, ReadOnlyMemory<byte> Package)?> FindAsync(string version, CancellationToken cancellationToken)
    {
        if (!(await VersionsAsync(cancellationToken)).Contains(version, StringComparer.Ordinal)) return null;
        var package = await ReadAsync(ModelPointer.NameOf(version), cancellationToken);
        return (ModelPointer.For(version, package.Span), package);
    }

    /// <summary>Changes the pointer from the one that was read to another package. The new pointer contains the previous one.</summary>
    /// <param name="from">What <see cref="ReadPointerAsync"/> gave, without a known version.</param>
    /// <param name="to">The package.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>Whether the pointer was changed; <see langword="false"/> if another process changed it after it was read.</returns>
    /// <exception cref="StoreUnavailableException">The container cannot be written now.</exception>
    public async Task<bool> MoveAsync(PointerReading from, ModelPointer to, CancellationToken cancellationToken)
    {
        var next = from.Pointer is { } current ? current.Then(to) : to with { Previous = null };
        var conditions = from.Version is { } version
            ? new BlobRequestConditions { IfMatch = new ETag(version) }
            : new BlobRequestConditions { IfNoneMatch = ETag.All };
        if (await TryUploadAsync(PointerName, next.ToJson(), conditions, cancellationToken)) return true;

        // If the answer to this write was lost, the client repeats it, and the store refuses the repetition.
        return (await ReadPointerAsync(known: null, cancellationToken)).Pointer == next;
    }

    private static PointerReading Reading(BinaryData content, string version)
    {
        try
        {
            return new PointerReading(PointerState.Read, ModelPointer.Parse(content), version);
        }
        catch (InvalidDataException exception)
        {
            return new PointerReading(PointerState.Damaged, null, version) { Problem = exception.Message };
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await _container.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content.ToMemory();
        }
        catch (Exception exception) when (StorageFaults.IsOutage(exception, cancellationToken))
        {
            throw StorageFaults.Unavailable($"blob {Container}/{name}", exception);
        }
    }

    private Task<bool> TryCreateAsync(string name, BinaryData content, CancellationToken cancellationToken) =>
        TryUploadAsync(name, content, new BlobRequestConditions { IfNoneMatch = ETag.All }, cancellationToken);

    private async Task<bool> TryUploadAsync(
        string name, BinaryData content, BlobRequestConditions conditions, CancellationToken cancellationToken)
    {
        try
        {
            await _container.GetBlobClient(name).UploadAsync(content, new BlobUploadOptions { Conditions = conditions }, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (
            exception.Status is (int)HttpStatusCode.Conflict or (int)HttpStatusCode.PreconditionFailed)
        {
            return false;
        }
        catch (Exception exception) when (StorageFaults.IsOutage(exception, cancellationToken))
        {
            throw StorageFaults.Unavailable(Store, exception);
        }
    }
}
