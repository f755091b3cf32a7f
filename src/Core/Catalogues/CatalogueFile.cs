using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Changeling.Catalogues;

/// <summary>The data files that features and rules read; built into the assembly.</summary>
internal static class CatalogueFile
{
    private const string Folder = "Changeling.Catalogues.";

    /// <summary>Reads one file.</summary>
    /// <param name="name">Its name without folder.</param>
    /// <param name="type">How it is read.</param>
    /// <exception cref="InvalidDataException">There is no such file, or it is not valid; the message names it.</exception>
    public static T Read<T>(string name, JsonTypeInfo<T> type)
    {
        using var stream = typeof(CatalogueFile).Assembly.GetManifestResourceStream(Folder + name)
            ?? throw new InvalidDataException($"catalogue {name}: there is no such file");
        try
        {
            return JsonSerializer.Deserialize(stream, type) ?? throw new InvalidDataException($"catalogue {name}: the file holds null");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"catalogue {name}: {exception.Message}", exception);
        }
    }

    /// <summary>The names of the files that begin so, in ordinal order.</summary>
    public static IReadOnlyList<string> Names(string prefix) =>
        [.. typeof(CatalogueFile).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder + prefix, StringComparison.Ordinal))
            .Select(n => n[Folder.Length..])
            .Order(StringComparer.Ordinal)];
}
