using System.Text;
using System.Text.Json;
using Changeling.Events.Json;
using Changeling.Events.Peeling;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// What is sent to a Splunk HTTP Event Collector: an envelope around an event. The event is event XML (<c>XmlWinEventLog</c>), the text of
/// <c>WinEventLog</c>, or any record of the table, as an object or as its text.
/// </summary>
/// <param name="find">The format table, for the record inside.</param>
internal sealed class SplunkHecReader(Func<JsonValue, FormatRow?> find) : IRecordReader
{
    private const int TextDepth = 64;

    /// <summary>
    /// Whether the record is such an envelope: an event beside its source type, or beside the time and host of the envelope. With a time
    /// that a shipper added it is one only if the event is a text.
    /// </summary>
    public static bool Matches(JsonValue record) =>
        (record.HasText("event"u8) || (record.HasObject("event"u8) && !record.Has("@timestamp"u8)))
        && (record.Has("sourcetype"u8) || (record.Has("time"u8) && record.Has("host"u8)));

    public RecordOutcome Read(JsonValue record)
    {
        var inner = record.Get("event"u8);
        if (inner.ValueKind == JsonValueKind.Object) return ReadObject(record, inner);

        var text = JsonText.WithoutBlanks(inner.Bytes).Span;
        if (text is [(byte)'<', ..]) return ReadXml(record, text);
        if (text is [(byte)'{', ..])
        {
            using var json = JsonText.TryParse(JsonText.Inside(inner), TextDepth);
            return json is null
                ? DeadRecord.Of(record, DeadLetterReasons.NotJson, "the JSON in the event")
                : ReadObject(record, json.Root);
        }

        using var lines = WinEventLogText.TryParse(Encoding.UTF8.GetString(text));
        return lines is null
            ? DeadRecord.Of(record, DeadLetterReasons.UnknownFormat, "the event is neither XML, JSON nor WinEventLog text")
            : ReadLines(record, lines.Root);
    }

    private static RecordOutcome ReadXml(JsonValue record, ReadOnlySpan<byte> text)
    {
        using var xml = EventXml.TryParse(text);
        return xml is null
            ? DeadRecord.Of(record, DeadLetterReasons.NotXml, "the XML in the event")
            : WinEventJsonReader.Event(SourceFormats.SplunkHec, record, xml.Root).Read();
    }

    /// <summary>An envelope inside an envelope is not opened.</summary>
    private RecordOutcome ReadObject(JsonValue record, JsonValue inner) => find(inner) switch
    {
        null => DeadRecord.Of(record, DeadLetterReasons.UnknownFormat, "the event is of no known format"),
        { Format: SourceFormats.SplunkHec } => DeadRecord.Of(record, DeadLetterReasons.UnknownFormat, "an envelope in an envelope"),
        var row => Enveloped(record, row.Reader.Read(inner)),
    };

    private static RecordOutcome Enveloped(JsonValue record, RecordOutcome outcome) => outcome switch
    {
        RecordOutcome.Read read => new RecordOutcome.Read(read.Event with { Format = SourceFormats.SplunkHec }),
        RecordOutcome.Skipped skipped => new RecordOutcome.Skipped(SourceFormats.SplunkHec, skipped.Kind),
        RecordOutcome.Unreadable unreadable => DeadRecord.Of(record, unreadable.Reason, "the event in the envelope"),
        _ => outcome,
    };

    /// <summary>The text has the host's local time; the envelope has the event's time with a zone.</summary>
    private static RecordOutcome ReadLines(JsonValue record, JsonValue lines)
    {
        var e = new WindowsEvent(SourceFormats.SplunkHec, record, lines)
        {
            EventId = ProcessIds.Of(lines.Get("EventCode"u8)),
            Provider = lines.Text("SourceName"u8),
            Channel = lines.Text("LogName"u8),
            Computer = lines.Text("ComputerName"u8) ?? record.Text("host"u8),
            RecordId = lines.Text("RecordNumber"u8),
            Time = record.Get("time"u8),
            Message = lines.Get("Message"u8),
        };
        return RenderedMessage.Read(e);
    }
}
