using System.Text.Json;
using Changeling.Events.Peeling;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Rows of Log Analytics' <c>Event</c>: the event's own fields are XML in a text. <c>UserName</c> is the log service's account.
/// </summary>
internal sealed class LogAnalyticsEventReader : IRecordReader
{
    public RecordOutcome Read(JsonElement record)
    {
        var row = new WindowsEvent(SourceFormats.LogAnalyticsEvent, record, default)
        {
            EventId = ProcessIds.Of(record.Get("EventID"u8)),
            Provider = record.Text("Source"u8),
            Channel = record.Text("EventLog"u8),
            Computer = record.Text("Computer"u8),
            Time = record.Get("TimeGenerated"u8),
            ItemId = record.Text("_ItemId"u8),
        };
        if (!row.IsProcessCreation) return row.Read();

        using var data = EventXml.TryParse(record.Text("EventData"u8) ?? "");
        return data is null
            ? DeadRecord.Of(record, DeadLetterReasons.NotXml, "the XML in EventData")
            : (row with { Data = data.RootElement.Get("EventData"u8) }).Read();
    }
}
