using System.Text.Json;
using Changeling.Events.Json;
using Changeling.Events.Peeling;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// OpenTelemetry Collector's <c>windowseventlog</c>: a log record whose body is the event as a map, or as XML with <c>raw: true</c>; or
/// that body alone, as an exporter with a body encoding writes it. The event's own fields are a map, or a list in older collectors.
/// </summary>
internal sealed class OtelReader : IRecordReader
{
    private const int TextDepth = 64;

    /// <summary>Whether the record is a log record, the body of one, or an envelope that came inside a text.</summary>
    public static bool Matches(JsonValue record) => IsLogRecord(record) || IsBody(record) || OtlpLogs.IsEnvelope(record);

    public RecordOutcome Read(JsonValue record)
    {
        if (OtlpLogs.IsEnvelope(record)) return ReadEnvelope(record);
        if (!IsLogRecord(record)) return Event(record, record);

        var body = record.Get("body"u8);
        if (IsBody(body)) return Event(record, body);
        if ((body.ValueKind == JsonValueKind.String ? body : body.Get("stringValue"u8)) is { ValueKind: JsonValueKind.String } text)
            return ReadText(record, text);

        using var made = OtlpLogs.Plain("body", body);
        var plain = made.Root.Get("body"u8);
        return IsBody(plain) ? Event(record, plain) : NoEvent(record);
    }

    private static bool IsLogRecord(JsonValue record) =>
        record.Has("body"u8)
        && (record.Has("timeUnixNano"u8) || record.Has("observedTimeUnixNano"u8) || record.Has("severityNumber"u8));

    private static bool IsBody(JsonValue body) =>
        body.Has("event_id"u8) && body.HasObject("provider"u8) && (body.Has("system_time"u8) || body.Has("computer"u8));

    /// <summary>A text gives one outcome, so it may hold one log record only.</summary>
    private RecordOutcome ReadEnvelope(JsonValue envelope)
    {
        var records = OtlpLogs.Records(envelope).Take(2).ToList();
        return records is [var record] && IsLogRecord(record)
            ? Read(record)
            : DeadRecord.Of(envelope, DeadLetterReasons.UnknownFormat, "a text with more than one log record, or with none");
    }

    /// <summary>Other receivers of the collector write lines of text; those are no Windows events.</summary>
    private static RecordOutcome ReadText(JsonValue record, JsonValue text)
    {
        var start = JsonText.WithoutBlanks(text.Bytes).Span;
        if (start.StartsWith("<Event"u8))
        {
            using var xml = EventXml.TryParse(text);
            return xml is null
                ? DeadRecord.Of(record, DeadLetterReasons.NotXml, "the XML in the body")
                : WinEventJsonReader.Event(SourceFormats.Otel, record, xml.Root).Read();
        }

        if (start is not [(byte)'{', ..]) return new RecordOutcome.Skipped(SourceFormats.Otel, "log record without a Windows event");
        using var inner = JsonText.TryParse(JsonText.Inside(text), TextDepth);
        return inner is not null && IsBody(inner.Root) ? Event(record, inner.Root) : NoEvent(record);
    }

    private static RecordOutcome.Unreadable NoEvent(JsonValue record) =>
        DeadRecord.Of(record, DeadLetterReasons.UnknownFormat, "the log record's body is no Windows event");

    private static RecordOutcome Event(JsonValue record, JsonValue body)
    {
        var data = body.Get("event_data"u8);
        if (data.Get("data"u8) is not { ValueKind: JsonValueKind.Array } list) return Event(record, body, data);

        using var named = JsonMaker.Object(json => RenamedFields.AddList(json, list));
        return Event(record, body, named.Root);
    }

    private static RecordOutcome Event(JsonValue record, JsonValue body, JsonValue data)
    {
        var id = body.Get("event_id"u8);
        return new WindowsEvent(SourceFormats.Otel, record, data)
        {
            EventId = ProcessIds.Of(id.ValueKind == JsonValueKind.Object ? id.Get("id"u8) : id),
            Provider = body.Get("provider"u8).Text("name"u8),
            Channel = body.Text("channel"u8),
            Computer = body.Text("computer"u8),
            RecordId = body.Text("record_id"u8),
            Time = body.Get("system_time"u8),
            Message = body.Get("message"u8),
        }.Read();
    }
}
