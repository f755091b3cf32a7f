using System.Text;
using Changeling.RecordedFiles.Capture;
using Changeling.RecordedFiles.Compression;
using Changeling.RecordedFiles.EventLogs;
using Changeling.RecordedFiles.Tables;
using Changeling.RecordedFiles.Text;

namespace Changeling.RecordedFiles;

/// <summary>
/// An open file of recorded telemetry. What it is, is detected from its content: text (JSON or XML), an event log, CSV, or Event Hubs
/// Capture, each also gzipped. It is read message by message; only one is in memory.
/// </summary>
public sealed class Recording : IDisposable
{
    private readonly RecordedFile _file;
    private readonly Stream _raw;
    private readonly Stream _content;
    private readonly RecordingKind _kind;

    private Recording(RecordedFile file, Stream raw, Stream content, RecordingKind kind) =>
        (_file, _raw, _content, _kind) = (file, raw, content, kind);

    /// <summary>Whether it is JSON or XML as text.</summary>
    public bool IsText => _kind == RecordingKind.Text;

    /// <summary>Whether its messages know their place in a hub.</summary>
    public bool IsCapture => _kind == RecordingKind.Capture;

    /// <summary>Number of bytes of the file.</summary>
    public long Length => _raw.Length;

    /// <summary>Number of these bytes that were read.</summary>
    public long Position => Math.Min(_raw.Position, _raw.Length);

    /// <summary>Opens a file.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="InvalidDataException">The file cannot be opened; the message names it.</exception>
    public static Recording Open(RecordedFile file) => Naming(file, () =>
    {
        var raw = file.Open();
        try
        {
            var (content, head) = Head.Of(raw);
            if (GzipFile.IsGzip(head)) (content, head) = Head.Of(new GzipFile(content));
            else if (raw.Length > 0 && file.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
                throw new InvalidDataException("its name ends in .gz, but its content is not gzip");
            var kind = RecordingKinds.Of(head, file.Name);
            if (kind == RecordingKind.Text) return new Recording(file, raw, Decoded(content, head), kind);
            return new Recording(file, raw, RecordingKinds.MustSeek(kind) ? TemporaryFile.Of(content, raw.Length) : content, kind);
        }
        catch
        {
            raw.Dispose();
            throw;
        }
    });

    /// <summary>The messages in order.</summary>
    /// <exception cref="InvalidDataException">The file is truncated, damaged or cannot be read; the message names it.</exception>
    public IEnumerable<RecordedMessage> Messages()
    {
        using var messages = Records().GetEnumerator();
        while (Naming(_file, messages.MoveNext)) yield return messages.Current;
    }

    /// <summary>The whole content of a file of text, as UTF-8.</summary>
    /// <exception cref="InvalidDataException">The file is truncated, damaged or cannot be read; the message names it.</exception>
    public ReadOnlyMemory<byte> ReadText() => Naming(_file, () =>
    {
        using var bytes = new MemoryStream();
        _content.CopyTo(bytes);
        return (ReadOnlyMemory<byte>)bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _content.Dispose();
        _raw.Dispose();
    }

    /// <summary>UTF-16 as PowerShell and wevtutil write it, recognised by its byte order mark, becomes UTF-8.</summary>
    private static Stream Decoded(Stream text, ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, ..] => Encoding.CreateTranscodingStream(text, Encoding.Unicode, Encoding.UTF8),
        [0xFE, 0xFF, ..] => Encoding.CreateTranscodingStream(text, Encoding.BigEndianUnicode, Encoding.UTF8),
        _ => text,
    };

    private IEnumerable<RecordedMessage> Records() => _kind switch
    {
        RecordingKind.Text => new ValueReader(_content).Values().Select((value, i) => new RecordedMessage(i + 1, value)),
        RecordingKind.EventLog => new EventLogReader(_content).Records().Select(
            (record, i) => record.Damage is { } damage
                ? RecordedMessage.Unreadable(i + 1, damage)
                : new RecordedMessage(i + 1, record.Xml)),
        RecordingKind.Table => new TableReader(_content).Rows(),
        RecordingKind.Capture => new CaptureReader(_content, CapturePath.Partition(_file.Name)).Messages(),
        _ => throw new NotSupportedException(_kind.ToString()),
    };

    private static T Naming<T>(RecordedFile file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException exception)
        {
            var fix = exception.Message.Contains(';', StringComparison.Ordinal) ? "" : "; download it again completely";
            throw new InvalidDataException($"{file.Name} cannot be read: {exception.Message.TrimEnd('.')}{fix}.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException(
                $"{file.Name} cannot be read: {exception.Message.TrimEnd('.')}; pass a file that you can read.", exception);
        }
    }
}
