using System.IO.Compression;
using System.Text.Json;
using Xunit;

namespace Changeling.TestSupport;

/// <summary>
/// Recorded and labelled events, which are never part of the project (docs/labelled-events.md). They are in the folder that the
/// environment variable <c>CHANGELING_CORPUS</c> names, or in <c>shared/corpus</c> beside the repository. A test that needs them
/// is skipped where there is no such folder, and fails where the folder lacks a file.
/// </summary>
public static class Corpus
{
    private static readonly string Folder =
        Environment.GetEnvironmentVariable("CHANGELING_CORPUS") ?? Path.GetFullPath(RepositoryRoot.Combine("..", "shared", "corpus"));

    /// <summary>
    /// The full path of a folder of cases, in <c>shared/cases</c> beside the repository; skips the running test where there is no
    /// <c>shared</c>, and fails where it lacks the folder.
    /// </summary>
    public static string CaseFolder(params string[] parts)
    {
        var shared = Path.GetFullPath(RepositoryRoot.Combine("..", "shared"));
        Assert.SkipUnless(Directory.Exists(shared), "skipped: needs the shared cases beside the repository");
        var path = Path.Combine([shared, "cases", .. parts]);
        Assert.True(Directory.Exists(path), $"The shared folder is there, but {path} is not.");
        return path;
    }

    /// <summary>The full path of a corpus file; skips the running test without the corpus.</summary>
    public static string File(params string[] parts)
    {
        Assert.SkipUnless(Directory.Exists(Folder), "skipped: needs recorded events; set CHANGELING_CORPUS to their folder");
        var path = Path.Combine([Folder, .. parts]);
        Assert.True(System.IO.File.Exists(path), $"The folder of recorded events is there, but {Path.Combine(parts)} is not.");
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
