using Changeling.Scoring;
using Changeling.Storage;

namespace Changeling.Cli.Models;

/// <summary>One line of <c>models list</c>.</summary>
/// <param name="Pointer">Name and hash of the stored package.</param>
/// <param name="Use"><c>current</c>, <c>previous</c> or nothing.</param>
/// <param name="Manifest">The package's manifest; <see langword="null"/> if this build cannot use the package.</param>
/// <param name="Problem">Why this build cannot use it.</param>
internal sealed record PublishedModel(ModelPointer Pointer, string Use, ModelManifest? Manifest, string? Problem)
{
    public static PublishedModel Of(ModelPointer found, ReadOnlyMemory<byte> package, ModelPointer? current)
    {
        var use = current?.Package == found.Package ? "current" : current?.Previous?.Package == found.Package ? "previous" : "";
        try
        {
            var manifest = ModelPackage.Read(package.ToArray()).Manifest;
            var other = current is not null && use == "current" && current.Sha256 != found.Sha256
                ? "its hash differs from the pointer's"
                : null;
            return new PublishedModel(found, use, manifest, other);
        }
        catch (InvalidDataException exception)
        {
            return new PublishedModel(found, use, null, exception.Message);
        }
    }
}
