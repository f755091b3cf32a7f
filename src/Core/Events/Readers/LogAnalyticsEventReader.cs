using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Rows of Log Analytics' <c>Event</c>: the event's own fields are XML in a text. <c>UserName</c> is the log service's account.
/// </summary>
internal sealed class LogAnalyticsEventReader : IRecordReader
{
    public RecordOutcome Read(JsonValue record) =>
        new WindowsEvent(SourceFormats.LogAnalyticsEvent, record, record.Get("EventData"u8))
        {
            EventId = WholeNumbers.Of(record.Get("EventID"u8)),
            Provider = record.Text("Source"u8),
            Channel = record.Text("EventLog"u8),
            Computer = record.Text("Computer"u8),
            Time = EventTimes.First(record.Get("TimeGenerated"u8), record.Get("TimeCreated"u8)),
            ItemId = record.Text("_ItemId"u8),
            MoreData = record.Get("RawEventData"u8),
        }.Read();
}
