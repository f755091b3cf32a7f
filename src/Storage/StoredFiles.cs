using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Changeling.Storing;

namespace Changeling.Storage;

/// <summary>Files of a container that are read only: what Event Hubs Capture or an export wrote.</summary>
public sealed class StoredFiles
{
    /// <summary>Number of bytes of one request, since many files are open at once.</summary>
    private const int BufferSize = 1024 * 1024;

    private readonly BlobContainerClient _container;
    private readonly BlobAddress _address;

    /// <param name="address">The account, the container and the prefix.</param>
    /// <param name="emulator">The connection string of the local emulator, used for an address on this machine.</param>
    public StoredFiles(BlobAddress address, string emulator)
    {
        var options = address.Account is null
            ? new StorageOptions { ConnectionString = emulator }
            : new StorageOptions { AccountName = address.Account };
        _address = address;
        _container = new StorageClients(options).Blobs().GetBlobContainerClient(address.Container);
    }

    /// <summary>
    /// Whether the container is the one at the address. The emulator's connection string can be for another port or account.
    /// </summary>
    public bool IsAtAddress =>
        _address.Account is not null
        || (_container.Uri.Port == _address.Service.Port
            && _container.Uri.AbsolutePath == $"{_address.Service.AbsolutePath}/{_address.Container}");

    /// <summary>The blobs with content whose names begin with the prefix, in order of name.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be used now.</exception>
    public IReadOnlyList<StoredFile> List() => Ask(() => _container
        .GetBlobs(BlobTraits.None, BlobStates.None, _address.Prefix, CancellationToken.None)
        .Where(blob => blob.Properties.ContentLength > 0)
        .Select(blob => new StoredFile(blob.Name, $"{_container.Uri}/{blob.Name}", blob.Properties.ContentLength ?? 0))
        .OrderBy(blob => blob.Name, StringComparer.Ordinal)
        .ToList());

    /// <summary>Opens a blob. The stream can seek, and reads in parts.</summary>
    /// <exception cref="IOException">The store cannot be used now; so also while the stream is read.</exception>
    public Stream Open(StoredFile file)
    {
        try
        {
            return new StoredFileStream(Ask(() => _container.GetBlobClient(file.Name).OpenRead(
                new BlobOpenReadOptions(allowModifications: false) { BufferSize = BufferSize })));
        }
        catch (StoreUnavailableException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    private T Ask<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (Exception exception) when (StorageFaults.IsOutage(exception, CancellationToken.None))
        {
            throw StorageFaults.Unavailable($"container {_address.Container}", exception);
        }
    }
}

/// <summary>One blob.</summary>
/// <param name="Name">Its name in the container.</param>
/// <param name="Address">Its whole address.</param>
/// <param name="Length">Number of bytes.</param>
public sealed record StoredFile(string Name, string Address, long Length);
