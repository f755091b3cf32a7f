using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Rows of Log Analytics' <c>WindowsEvent</c>: <c>EventData</c> is an object, or a text that holds one; without it, <c>RawEventData</c> has
/// the whole event.
/// </summary>
internal sealed class LogAnalyticsWindowsEventReader : IRecordReader
{
    public RecordOutcome Read(JsonValue record) =>
        new WindowsEvent(SourceFormats.LogAnalyticsWindowsEvent, record, record.Get("EventData"u8))
        {
            EventId = WholeNumbers.Of(record.Get("EventID"u8)),
            Provider = record.Text("Provider"u8),
            Channel = record.Text("Channel"u8),
            Computer = record.Text("Computer"u8),
            RecordId = record.Text("EventRecordId"u8),
            Time = EventTimes.First(record.Get("TimeGenerated"u8), record.Get("TimeCreated"u8)),
            ItemId = record.Text("_ItemId"u8),
            MoreData = record.Get("RawEventData"u8),
        }.Read();
}
