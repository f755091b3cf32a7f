using System.IO.Compression;
using System.Text.Json;

namespace Changeling.Training;

/// <summary>Reads the corpus: gzipped JSON lines, one row a line.</summary>
public static class CorpusData
{
    /// <summary>The files that a corpus folder may hold, in reading order.</summary>
    public static IReadOnlyList<string> Files { get; } = ["recorded", "recorded_ordinary", "synthetic", "benign_synthetic"];

    /// <summary>Reads all rows of a corpus folder, also those without a label, in the order of the files.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">It holds none of <see cref="Files"/>.</exception>
    /// <exception cref="InvalidDataException">A line is not a valid row; the message says which.</exception>
    public static IReadOnlyList<CorpusRow> Load(string folder)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"The corpus folder {folder} does not exist.");
        var files = Files.Select(name => (name, path: Path.Combine(folder, name + ".jsonl.gz"))).Where(f => File.Exists(f.path)).ToList();
        if (files.Count == 0)
            throw new FileNotFoundException($"{folder} holds no corpus file; expected {string.Join(", ", Files)} (.jsonl.gz).");
        return [.. files.SelectMany(f => Read(f.path, f.name))];
    }

    /// <summary>Reads one file of rows, plain or <c>.gz</c>.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    /// <exception cref="InvalidDataException">A line is not a valid row; the message says which.</exception>
    public static IReadOnlyList<CorpusRow> LoadFile(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"{path} does not exist; check the path.");
        return [.. Read(path, Path.GetFileName(path).Split('.')[0])];
    }

    private static IEnumerable<CorpusRow> Read(string path, string name)
    {
        using var file = File.OpenRead(path);
        using Stream inflated = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        using var reader = new StreamReader(inflated);
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (text.Length > 0) yield return Parse(text, name, line);
        }
    }

    private static CorpusRow Parse(string text, string name, int line)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return CorpusRowReader.Read(document.RootElement, name);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"Line {line} of {name} is no corpus row: {e.Message}", e);
        }
    }
}
