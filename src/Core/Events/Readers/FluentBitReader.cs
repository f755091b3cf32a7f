using Changeling.Events.Json;
using Changeling.Events.Peeling;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Fluent Bit's <c>winevtlog</c> and Fluentd's <c>windows_eventlog2</c>: the event's own fields by position, by name, or all of the event
/// as XML under <c>System</c>. <c>ProcessID</c> and <c>UserID</c> are the log service's.
/// </summary>
internal sealed class FluentBitReader : IRecordReader
{
    public RecordOutcome Read(JsonValue record)
    {
        if (record.HasText("System"u8)) return ReadXml(record);

        return new WindowsEvent(SourceFormats.FluentBit, record, record.Get("EventData"u8))
        {
            EventId = WholeNumbers.Of(record.Get("EventID"u8)),
            Provider = record.Text("ProviderName"u8),
            ProviderGuid = record.Text("ProviderGuid"u8) ?? record.Text("ProviderGUID"u8),
            Channel = record.Text("Channel"u8),
            Computer = record.Text("Computer"u8),
            RecordId = record.Text("EventRecordID"u8),
            Time = EventTimes.First(record.Get("TimeCreated"u8), record.Get("@timestamp"u8)),
            Message = record.Get("Message"u8),
            MoreData = record.Get("EventDataMap"u8),
            Inserts = record.Get("StringInserts"u8),
        }.Read();
    }

    private static RecordOutcome ReadXml(JsonValue record)
    {
        using var xml = EventXml.TryParse(record.Get("System"u8));
        if (xml is null) return DeadRecord.Of(record, DeadLetterReasons.NotXml, "the XML in System");
        return (WinEventJsonReader.Event(SourceFormats.FluentBit, record, xml.Root) with
        {
            Message = record.Get("Message"u8),
            Inserts = record.Get("StringInserts"u8),
        }).Read();
    }
}
