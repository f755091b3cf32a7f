using System.Text.Json;
using Changeling.Events.Json;
using Changeling.Events.Peeling;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Vector's <c>windows_event_log</c>: system fields at the root in small letters, the event's own fields under <c>event_data</c> with
/// Windows' names, or only as <c>xml</c>. <c>process_id</c>, <c>user_id</c> and <c>user_name</c> are the log service's.
/// </summary>
internal sealed class VectorReader : IRecordReader
{
    /// <summary>Whether the record is such an event; the same names at the root are used when somebody lifts Winlogbeat's fields.</summary>
    public static bool Matches(JsonValue record) =>
        record.Has("event_id"u8) && record.Has("provider_name"u8) && record.Has("channel"u8)
        && (record.Has("computer"u8) || record.Has("computer_name"u8));

    public RecordOutcome Read(JsonValue record)
    {
        var e = new WindowsEvent(SourceFormats.Vector, record, record.Get("event_data"u8))
        {
            EventId = ProcessIds.Of(record.Get("event_id"u8)),
            Provider = record.Text("provider_name"u8),
            Channel = record.Text("channel"u8),
            Computer = record.Text("computer"u8) ?? record.Text("computer_name"u8),
            RecordId = record.Text("record_id"u8),
            Time = record.Has("timestamp"u8) ? record.Get("timestamp"u8) : record.Get("@timestamp"u8),
            Message = record.Get("message"u8),
        };
        if (!e.IsProcessCreation || e.Data.ValueKind == JsonValueKind.Object || !record.HasText("xml"u8)) return e.Read();

        using var xml = EventXml.TryParse(record.Get("xml"u8));
        return xml is null
            ? DeadRecord.Of(record, DeadLetterReasons.NotXml, "the XML in xml")
            : (e with { Data = xml.Root.Get("EventData"u8) }).Read();
    }
}
