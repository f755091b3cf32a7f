using System.IO.Compression;
using System.Text.Json;
using Xunit;

namespace Changeling.TestSupport;

/// <summary>
/// The recorded and labelled events beside the project (<c>../shared/corpus</c>). They are never part of it: where the
/// folder <c>shared</c> is absent a test is skipped and says so; where it is there and the file is not, the test fails.
/// </summary>
public static class Corpus
{
    private static readonly string Shared = Path.GetFullPath(RepositoryRoot.Combine("..", "shared"));

    /// <summary>The full path of a corpus file; skips the running test without the corpus.</summary>
    public static string File(params string[] parts)
    {
        Assert.SkipUnless(Directory.Exists(Shared), "skipped: the corpus (../shared) is not beside the project");
        var path = Path.Combine([Shared, "corpus", .. parts]);
        Assert.True(System.IO.File.Exists(path), $"../shared is there, but {Path.Combine(["corpus", .. parts])} is not.");
        return path;
    }

    /// <summary>The lines of a corpus file, inflated where its name ends in <c>.gz</c>.</summary>
    public static IEnumerable<string> Lines(params string[] parts)
    {
        using var file = System.IO.File.OpenRead(File(parts));
        using Stream stream = parts[^1].EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line) yield return line;
    }

    /// <summary>The rows of a corpus file as JSON.</summary>
    public static IEnumerable<JsonElement> Rows(params string[] parts) =>
        Lines(parts).Select(line => JsonDocument.Parse(line).RootElement);
}
