namespace Changeling.Hosting.Models;

/// <summary>The package that is part of this app: the first model of a deployment without one.</summary>
/// <param name="folder">The folder <c>models</c> beside the executable.</param>
internal sealed class ShippedModel(string folder)
{
    /// <summary>The package file; of several, the last in order of name.</summary>
    /// <exception cref="InvalidDataException">The app was published without a model.</exception>
    public FileInfo Package() =>
        new(Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.zip").Max(StringComparer.Ordinal) is { } path
            ? path
            : throw new InvalidDataException("models/ beside the executable holds no package (*.zip), and the store has no model either."));
}
