using Changeling.RecordedFiles.Capture;
using Changeling.RecordedFiles.Compression;
using Changeling.RecordedFiles.EventLogs;
using Changeling.RecordedFiles.Tables;

namespace Changeling.RecordedFiles;

/// <summary>What a file is.</summary>
internal enum RecordingKind
{
    /// <summary>JSON, XML, or lines of anything.</summary>
    Text,

    /// <summary>An event log of Windows.</summary>
    EventLog,

    /// <summary>Rows of a table, as CSV.</summary>
    Table,

    /// <summary>Messages of a hub, as Event Hubs Capture stores them.</summary>
    Capture,
}

/// <summary>Detects what a file is from its first bytes.</summary>
internal static class RecordingKinds
{
    /// <summary>Whether the reader of a kind moves in the file.</summary>
    public static bool MustSeek(RecordingKind kind) => kind is RecordingKind.EventLog or RecordingKind.Capture;

    /// <exception cref="InvalidDataException">It is of a kind that is not read.</exception>
    public static RecordingKind Of(ReadOnlySpan<byte> head, string name)
    {
        if (EventLogReader.IsEventLog(head)) return RecordingKind.EventLog;
        if (CaptureReader.IsAvro(head)) return RecordingKind.Capture;
        if (ZipEntryFile.IsZip(head))
            throw new InvalidDataException("it is a zip archive inside another archive; extract the outer one and pass its files");
        if (head.StartsWith("PAR1"u8))
            throw new InvalidDataException("Parquet is not read; export the rows as JSON or CSV");
        return TableHeader.IsTable(head, name) ? RecordingKind.Table : RecordingKind.Text;
    }
}
