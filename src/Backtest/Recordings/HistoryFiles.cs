using System.Text;

namespace Changeling.Backtest.Recordings;

/// <summary>
/// The files of a history: those that the user names, and all files in the folders that the user names, in order of name.
/// </summary>
public static class HistoryFiles
{
    /// <summary>Expands folders; hidden files and other files of the command are left out.</summary>
    /// <param name="names">Files and folders, as the user names them.</param>
    /// <param name="others">Other files of the same command, which are left out if they are in one of the folders.</param>
    /// <exception cref="FileNotFoundException">
    /// A file does not exist, or a folder contains no file; the message says what to do.
    /// </exception>
    public static IReadOnlyList<string> Of(IEnumerable<string> names, IEnumerable<string?> others)
    {
        var own = others.Where(other => !string.IsNullOrEmpty(other))
            .Select(other => Path.GetFullPath(other!))
            .ToHashSet(StringComparer.Ordinal);
        var files = new List<string>();
        foreach (var name in names)
        {
            if (!Directory.Exists(name))
            {
                files.Add(
                    File.Exists(name)
                        ? name
                        : throw new FileNotFoundException($"{(name.Length == 0 ? "''" : name)} does not exist; check the path.", name));
                continue;
            }

            var found = Directory.EnumerateFiles(name)
                .Where(file => !Path.GetFileName(file).StartsWith('.') && !own.Contains(Path.GetFullPath(file)))
                .Order(StringComparer.Ordinal).ToList();
            files.AddRange(
                found.Count > 0
                    ? found
                    : throw new FileNotFoundException($"{name} contains no file; pass a folder with recorded telemetry.", name));
        }

        return files;
    }

    /// <summary>
    /// UTF-16 as PowerShell and wevtutil write it, recognised by its byte order mark; <see langword="null"/> for anything else.
    /// </summary>
    private static UnicodeEncoding? Utf16Of(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
        [0xFE, 0xFF] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
        _ => null,
    };

    /// <summary>Opens a file for reading value by value, decompressed.</summary>
    /// <param name="file">The file.</param>
    /// <param name="from">
    /// Position in its text at which to begin. In a plain file this is a seek; any other file is read up to there.
    /// </param>
    /// <exception cref="InvalidDataException">The file cannot be opened, or ends before that position; the message names it.</exception>
    public static (FileStream File, ValueReader Values) Open(string file, ValuePlace from = default)
    {
        try
        {
            return OpenAt(file, from);
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException(
                $"{file} has changed since the checkpoint was written; restore it, or delete the checkpoint to start again.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException(
                $"{file} cannot be read: {exception.Message.TrimEnd('.')}; pass a file that you can read.", exception);
        }
    }

    private static (FileStream File, ValueReader Values) OpenAt(string file, ValuePlace from)
    {
        var stream = File.OpenRead(file);
        Span<byte> head = stackalloc byte[2];
        var isGzip = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && GzipFile.IsGzip(head);
        stream.Position = 0;
        if (!isGzip && stream.Length > 0 && file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            throw new InvalidDataException(
                $"{file} cannot be read: its name ends in .gz, but its content is not gzip; download it again completely.");
        if (isGzip) return (stream, new(Behind(from, GzipFile.Inflating(stream)), GzipFile.EndMark.ToArray(), from));
        if (Utf16Of(head) is { } utf16)
            return (
                stream, new(Behind(from, Encoding.CreateTranscodingStream(stream, utf16, Encoding.UTF8, leaveOpen: true)), default, from));
        stream.Position = from.Position;
        return (stream, new(stream, default, from));
    }

    private static Stream Behind(ValuePlace place, Stream text)
    {
        var buffer = new byte[64 * 1024];
        for (var left = place.Position; left > 0;)
        {
            var some = (int)Math.Min(left, buffer.Length);
            ReadExactly(text, buffer.AsSpan(0, some));
            left -= some;
        }

        return text;
    }

    /// <exception cref="EndOfStreamException">The file ends before the position, or is damaged.</exception>
    private static void ReadExactly(Stream text, Span<byte> buffer)
    {
        try
        {
            text.ReadExactly(buffer);
        }
        catch (InvalidDataException exception)
        {
            throw new EndOfStreamException(exception.Message, exception);
        }
    }
}
