using System.Text.Json;
using Changeling.Events.Peeling;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Fluent Bit's <c>winevtlog</c>: the event's own fields by position (<c>StringInserts</c>), by name, or all of the event as XML under
/// <c>System</c>. <c>ProcessID</c> and <c>UserID</c> are the log service's.
/// </summary>
internal sealed class FluentBitReader : IRecordReader
{
    public RecordOutcome Read(JsonElement record)
    {
        if (record.HasText("System"u8)) return ReadXml(record);

        return Read(new WindowsEvent(SourceFormats.FluentBit, record, Map(record))
        {
            EventId = ProcessIds.Of(record.Get("EventID"u8)),
            Provider = record.Text("ProviderName"u8),
            Channel = record.Text("Channel"u8),
            Computer = record.Text("Computer"u8),
            RecordId = record.Text("EventRecordID"u8),
            Time = EventTimes.Of(record.Get("TimeCreated"u8)) is null ? record.Get("@timestamp"u8) : record.Get("TimeCreated"u8),
            Message = record.Get("Message"u8).AsText(),
        });
    }

    private static RecordOutcome ReadXml(JsonElement record)
    {
        using var xml = EventXml.TryParse(record.Get("System"u8).GetString() ?? "");
        return xml is null
            ? DeadRecord.Of(record, DeadLetterReasons.NotXml, "the XML in System")
            : Read(
                WinEventJsonReader.Event(
                    SourceFormats.FluentBit, record, xml.RootElement) with
                { Message = record.Get("Message"u8).AsText() });
    }

    /// <summary>Named values are preferred to values by position.</summary>
    private static RecordOutcome Read(WindowsEvent e)
    {
        var inserts = e.Record.Get("StringInserts"u8);
        var hasNames = e.Data.ValueKind == JsonValueKind.Object && e.Data.EnumerateObject().Any();
        if (!e.IsProcessCreation || hasNames || inserts.ValueKind == JsonValueKind.Undefined) return e.Read();

        using var named = PositionalFields.Named(inserts, e.IsSysmon);
        return named is null
            ? DeadRecord.Of(e.Record, DeadLetterReasons.PositionsShifted, "StringInserts is of no known version of the event")
            : (e with { Data = named.RootElement }).Read();
    }

    private static JsonElement Map(JsonElement record) =>
        record.HasObject("EventData"u8) ? record.Get("EventData"u8) : record.Get("EventDataMap"u8);
}
