using Changeling.Scoring;
using Changeling.Storage;

namespace Changeling.Cli.Models;

/// <summary>Packages and pointer. Every package is read and checked by this build before it is uploaded or made current.</summary>
internal sealed class ModelStore(ModelBlobs blobs)
{
    private const string MovedMeanwhile =
        "somebody else changed the current model at the same time; check with 'changeling models list', then try again";

    /// <summary>Uploads a package file under its version.</summary>
    /// <exception cref="CliException">The file cannot be read, or is not a package that this build can use.</exception>
    public async Task<(ModelPackage Package, bool IsNew)> PublishAsync(string file, CancellationToken cancellationToken)
    {
        var bytes = await ReadAsync(file, cancellationToken);
        var package = Checked(bytes, file);
        var (_, isNew) = await blobs.PublishAsync(package.Manifest.Version, bytes, cancellationToken);
        return (package, isNew);
    }

    /// <summary>Makes a published version current.</summary>
    /// <returns>The version that was current before, if any. It is the same version if that was current already.</returns>
    /// <exception cref="CliException">
    /// The version does not exist, this build cannot use it, or the pointer was changed at the same time.
    /// </exception>
    public async Task<string?> ActivateAsync(string version, CancellationToken cancellationToken)
    {
        var reading = await blobs.ReadPointerAsync(known: null, cancellationToken);
        if (await blobs.FindAsync(version, cancellationToken) is not { } found)
            throw new CliException(await NotThereAsync(version, cancellationToken));
        RequireVersion(Checked(found.Package, version), version);
        if (reading.Pointer is { } current && current.Package == found.Pointer.Package && current.Sha256 == found.Pointer.Sha256)
            return version;
        if (!await blobs.MoveAsync(reading, found.Pointer, cancellationToken)) throw new CliException($"{MovedMeanwhile}.");
        return reading.Pointer?.Version;
    }

    /// <summary>Makes the previous version current again.</summary>
    /// <returns>Both versions.</returns>
    /// <exception cref="CliException">
    /// There is no previous version, this build cannot use it, or the pointer was changed at the same time.
    /// </exception>
    public async Task<(string From, string To)> RollbackAsync(CancellationToken cancellationToken)
    {
        var reading = await blobs.ReadPointerAsync(known: null, cancellationToken);
        if (reading is not { Pointer: { Previous: { } previous } current })
        {
            var why = reading.State == PointerState.Damaged ? "the pointer is damaged" : "no model was current before";
            throw new CliException(
                $"{why}, so there is nothing to go back to; choose a version with 'changeling models activate'{await ChoiceAsync(cancellationToken)}.");
        }

        Checked(await blobs.DownloadAsync(previous, cancellationToken), previous.Version);
        if (!await blobs.MoveAsync(reading, previous, cancellationToken)) throw new CliException($"{MovedMeanwhile}.");
        return (current.Version, previous.Version);
    }

    /// <summary>All packages in order of name, and the pointer.</summary>
    public async Task<(IReadOnlyList<PublishedModel> Models, PointerReading Pointer)> ListAsync(CancellationToken cancellationToken)
    {
        var reading = await blobs.ReadPointerAsync(known: null, cancellationToken);
        var models = new List<PublishedModel>();
        foreach (var version in await blobs.VersionsAsync(cancellationToken))
        {
            if (await blobs.FindAsync(version, cancellationToken) is { } found)
                models.Add(PublishedModel.Of(found.Pointer, found.Package, reading.Pointer));
        }

        return (models, reading);
    }

    private static async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(InstalledFiles.Existing(file), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{file} cannot be read: {exception.Message.TrimEnd('.')}; pass a file that you can read.");
        }
    }

    private static ModelPackage Checked(ReadOnlyMemory<byte> package, string name)
    {
        try
        {
            return ModelPackage.Read(package.ToArray());
        }
        catch (InvalidDataException exception)
        {
            throw new CliException($"{name} is refused: {exception.Message.TrimEnd('.')}.");
        }
    }

    private static void RequireVersion(ModelPackage package, string version)
    {
        if (package.Manifest.Version != version)
            throw new CliException(
                $"{version} is refused: the package's manifest has the version {package.Manifest.Version}, so it was uploaded by hand; publish it with 'changeling models publish'.");
    }

    private async Task<string> NotThereAsync(string version, CancellationToken cancellationToken) =>
        $"version {version} is not published{await ChoiceAsync(cancellationToken)}.";

    private async Task<string> ChoiceAsync(CancellationToken cancellationToken) =>
        await blobs.VersionsAsync(cancellationToken) is { Count: > 0 } versions
            ? $"; there are {string.Join(", ", versions)}"
            : "; no package is published yet";
}
