using System.IO.Compression;

namespace Changeling.Cli;

/// <summary>The files that a user names: plain or <c>.gz</c>, and <c>-</c> for standard input.</summary>
internal static class InputFiles
{
    /// <summary>The name that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Checks that all of them are there, before anything is done.</summary>
    /// <exception cref="CliException">One is not.</exception>
    public static void Require(IEnumerable<string> files)
    {
        foreach (var file in files.Where(f => f != StandardInput)) InstalledFiles.Existing(file);
    }

    /// <summary>Reads a file whole, inflated.</summary>
    /// <exception cref="CliException">It cannot be read.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = file == StandardInput ? Console.OpenStandardInput() : File.OpenRead(file);
            await using Stream stream = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(source, CompressionMode.Decompress) : source;
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, cancellationToken);
            return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new CliException($"{file} cannot be read: {exception.Message}");
        }
    }
}
