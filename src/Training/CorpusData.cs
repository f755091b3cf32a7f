using System.IO.Compression;
using System.Text.Json;

namespace Changeling.Training;

/// <summary>Reads the corpus: JSON lines, plain or gzipped, one row a line.</summary>
public static class CorpusData
{
    /// <summary>Reads all rows of a corpus folder, also those without a label, in the order of the <see cref="CorpusManifest"/>.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">It holds no file of the manifest.</exception>
    /// <exception cref="InvalidDataException">
    /// It holds a file that is not in the manifest, or a line is not a valid row; the message says which.
    /// </exception>
    public static IReadOnlyList<CorpusRow> Load(string folder) =>
        [.. CorpusManifest.FilesOf(folder).SelectMany(f => Read(f.Path, f.Name))];

    /// <summary>Reads one file of rows, plain or <c>.gz</c>, or all files of a corpus folder.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    /// <exception cref="InvalidDataException">A line is not a valid row; the message says which.</exception>
    public static IReadOnlyList<CorpusRow> LoadFile(string path)
    {
        if (Directory.Exists(path)) return Load(path);
        if (!File.Exists(path)) throw new FileNotFoundException($"{path} does not exist; check the path.");
        return [.. Read(path, Path.GetFileName(path).Split('.')[0])];
    }

    private static IEnumerable<CorpusRow> Read(string path, string name) =>
        Lines(path).Select(l => Parsed(name, l.Number, () => CorpusRowReader.Read(l.Row, name, l.Number)));

    /// <summary>The lines of a file as JSON, numbered from 1; empty ones are left out.</summary>
    /// <exception cref="InvalidDataException">A line is not JSON, or the file is not complete.</exception>
    internal static IEnumerable<(int Number, JsonElement Row)> Lines(string path)
    {
        var name = Path.GetFileName(path);
        using var file = File.OpenRead(path);
        using Stream inflated = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        using var reader = new StreamReader(inflated);
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (text.Length > 0) yield return (line, Parsed(name, line, () => JsonSerializer.Deserialize<JsonElement>(text)));
        }
    }

    /// <summary>Reads a row, and says in which line what is wrong.</summary>
    internal static T Parsed<T>(string name, int line, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException(
                $"Line {line} of {name} is not a labelled row: {e.Message.TrimEnd('.')}; correct or remove it.", e);
        }
    }
}
