using System.Text;

namespace Changeling.Cli.Backtest;

/// <summary>The files of a history: those that the user names, and all in the folders that he names, in order of name.</summary>
internal static class HistoryFiles
{
    /// <summary>Expands folders; hidden files and files that belong to the command are no history.</summary>
    /// <exception cref="CliException">One is not there, or nothing is left.</exception>
    public static IReadOnlyList<string> Of(IEnumerable<string> names, IEnumerable<string?> others)
    {
        var own = others.Where(other => !string.IsNullOrEmpty(other)).Select(other => Path.GetFullPath(other!)).ToHashSet(StringComparer.Ordinal);
        var files = new List<string>();
        foreach (var name in names)
        {
            if (!Directory.Exists(name))
            {
                files.Add(InstalledFiles.Existing(name));
                continue;
            }

            var found = Directory.EnumerateFiles(name)
                .Where(file => !Path.GetFileName(file).StartsWith('.') && !own.Contains(Path.GetFullPath(file)))
                .Order(StringComparer.Ordinal).ToList();
            files.AddRange(found.Count > 0 ? found : throw new CliException($"{name} contains no file; pass a folder with recorded telemetry."));
        }

        return files;
    }

    /// <summary>UTF-16 as PowerShell and wevtutil write it, recognised by its byte order mark; <see langword="null"/> for anything else.</summary>
    private static UnicodeEncoding? Utf16Of(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
        [0xFE, 0xFF] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
        _ => null,
    };

    /// <summary>Opens a file to be read value by value, inflated on the way.</summary>
    /// <param name="file">The file.</param>
    /// <param name="from">Where in its text to begin: a plain file is sought, any other one read up to there.</param>
    /// <exception cref="CliException">It cannot be opened, or ends before that place.</exception>
    public static (FileStream File, ValueStream Values) Open(string file, ValuePlace from = default)
    {
        try
        {
            var stream = File.OpenRead(file);
            Span<byte> head = stackalloc byte[2];
            var isGzip = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && GzipFile.IsGzip(head);
            stream.Position = 0;
            if (!isGzip && stream.Length > 0 && file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
                throw new CliException($"{file} cannot be read: its name says gzip, its content does not; download it again completely.");
            if (isGzip) return (stream, new(Behind(from, GzipFile.Inflating(stream)), GzipFile.EndMark.ToArray(), from));
            if (Utf16Of(head) is { } utf16) return (stream, new(Behind(from, Encoding.CreateTranscodingStream(stream, utf16, Encoding.UTF8, leaveOpen: true)), default, from));
            stream.Position = from.Position;
            return (stream, new(stream, default, from));
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new CliException($"{file} has changed since the checkpoint was written; restore it, or delete the checkpoint to start again.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{file} cannot be read: {exception.Message.TrimEnd('.')}; pass a file that you can read.");
        }
    }

    private static Stream Behind(ValuePlace place, Stream text)
    {
        var buffer = new byte[64 * 1024];
        for (var left = place.Position; left > 0;)
        {
            var some = (int)Math.Min(left, buffer.Length);
            text.ReadExactly(buffer, 0, some);
            left -= some;
        }

        return text;
    }
}
