using Changeling.RecordedFiles;
using Changeling.Storage;
using Changeling.Storing;

namespace Changeling.Cli;

/// <summary>
/// Recorded telemetry in Blob storage, read with the user's own identity; on the local emulator with its connection string.
/// </summary>
internal static class BlobFiles
{
    private const string ConnectionSetting = "Storage__ConnectionString";
    private const string UsualEmulator = "UseDevelopmentStorage=true";

    /// <summary>The blobs behind an address; <see langword="null"/> if the name is not an address.</summary>
    /// <exception cref="CliException">The address cannot be one, or the store denies access.</exception>
    /// <exception cref="FileNotFoundException">There is no blob.</exception>
    public static IReadOnlyList<RecordedFile>? Of(string name, CliConsole console)
    {
        if (!name.Contains("://", StringComparison.Ordinal)) return null;
        if (BlobAddress.Of(name) is not { } address)
        {
            throw new CliException(
                "an address must be https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX, without a signature: your own identity is used (az login).");
        }

        try
        {
            var emulator = console.Setting(ConnectionSetting) is { Length: > 0 } setting ? setting : UsualEmulator;
            var blobs = new StoredFiles(address, emulator);
            if (!blobs.IsAtAddress)
                throw new CliException($"{name} is not in the emulator of {ConnectionSetting}; set that to the emulator at this address.");
            var files = blobs.List().SelectMany(blob => Opened(new BlobFile(blobs, blob))).ToList();
            return files.Count > 0
                ? files
                : throw new FileNotFoundException($"{name} has no blob with content; check container and prefix.", name);
        }
        catch (StoreUnavailableException exception)
        {
            throw Models.StorageAccount.Refusal(exception) ?? new CliException(exception.Message);
        }
    }

    /// <summary>Only archives are opened at once: a request for each of thousands of blobs would take minutes.</summary>
    private static IReadOnlyList<RecordedFile> Opened(BlobFile file) =>
        file.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? RecordingList.Opened(file) : [file];

    private sealed class BlobFile(StoredFiles blobs, StoredFile blob) : RecordedFile(blob.Address)
    {
        public override long Length => blob.Length;

        public override Stream Open() => blobs.Open(blob);
    }
}
