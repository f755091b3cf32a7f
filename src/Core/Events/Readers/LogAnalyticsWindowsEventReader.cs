using System.Text.Json;
using Changeling.Events.Peeling;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>Rows of Log Analytics' <c>WindowsEvent</c>: <c>EventData</c> is an object, or a text that holds one.</summary>
internal sealed class LogAnalyticsWindowsEventReader : IRecordReader
{
    private const int DataDepth = 8;

    public RecordOutcome Read(JsonElement record)
    {
        var data = record.Get("EventData"u8);
        if (data.ValueKind != JsonValueKind.String) return Read(record, data);

        using var inner = JsonText.TryParse(JsonText.Inside(data), DataDepth);
        return Read(record, inner?.RootElement ?? default);
    }

    private static RecordOutcome Read(JsonElement record, JsonElement data) =>
        new WindowsEvent(SourceFormats.LogAnalyticsWindowsEvent, record, data)
        {
            EventId = ProcessIds.Of(record.Get("EventID"u8)),
            Provider = record.Text("Provider"u8),
            Channel = record.Text("Channel"u8),
            Computer = record.Text("Computer"u8),
            RecordId = record.Text("EventRecordId"u8),
            Time = record.Get("TimeGenerated"u8),
            ItemId = record.Text("_ItemId"u8),
        }.Read();
}
