using Changeling.RecordedFiles;

namespace Changeling.Cli;

/// <summary>The files that a user names besides telemetry: plain or gzipped, and <c>-</c> for standard input.</summary>
internal static class InputFiles
{
    /// <summary>The name that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Checks that all files exist, before any work is done.</summary>
    /// <exception cref="CliException">A file does not exist.</exception>
    public static void Require(IEnumerable<string> files)
    {
        foreach (var file in files.Where(f => f != StandardInput)) InstalledFiles.Existing(file);
    }

    /// <summary>Reads a whole file, decompressed.</summary>
    /// <param name="file">As the user named it.</param>
    /// <param name="console">Its standard input can be the file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="CliException">It cannot be read.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(string file, CliConsole console, CancellationToken cancellationToken)
    {
        try
        {
            using var content = Recording.Open(
                file == StandardInput ? await OfInputAsync(console, cancellationToken) : RecordedFile.OnDisk(file));
            return content.ReadText();
        }
        catch (InvalidDataException exception)
        {
            throw new CliException(exception.Message);
        }
    }

    /// <summary>Standard input, read to its end.</summary>
    /// <exception cref="CliException">It cannot be read.</exception>
    public static Task<RecordedFile> OfInputAsync(CliConsole console, CancellationToken cancellationToken) =>
        ReadAsync(console, async source =>
        {
            using var bytes = new MemoryStream();
            await source.CopyToAsync(bytes, cancellationToken);
            return RecordedFile.InMemory(StandardInput, bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
        });

    /// <summary>Telemetry on standard input, read to its end. It may be large, so it is copied to a temporary file.</summary>
    /// <exception cref="CliException">It cannot be read.</exception>
    public static Task<RecordedFile> TelemetryAsync(CliConsole console, CancellationToken cancellationToken) =>
        ReadAsync(console, source => RecordedFile.CopiedAsync(StandardInput, source, cancellationToken));

    private static async Task<RecordedFile> ReadAsync(CliConsole console, Func<Stream, Task<RecordedFile>> read)
    {
        try
        {
            await using var source = console.OpenInput();
            return await read(source);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"standard input cannot be read: {exception.Message.TrimEnd('.')}; pass a file that you can read.");
        }
    }
}
