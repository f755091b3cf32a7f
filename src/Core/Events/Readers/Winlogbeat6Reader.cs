using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>Winlogbeat 6: what later stands under <c>winlog</c> stands at the root. <c>beat.hostname</c> is the collector.</summary>
internal sealed class Winlogbeat6Reader : IRecordReader
{
    private static readonly byte[] DataPrefix = [.. "event_data."u8];

    public RecordOutcome Read(JsonValue record) => new WindowsEvent(SourceFormats.Winlogbeat6, record, record.Get("event_data"u8))
    {
        EventId = WholeNumbers.Of(record.Get("event_id"u8)) ?? WholeNumbers.Of(record.Field("event.code"u8)),
        Provider = record.Text("source_name"u8) ?? record.Text("provider_name"u8) ?? record.FieldText("event.provider"u8),
        ProviderGuid = record.Text("provider_guid"u8),
        Channel = record.Text("log_name"u8) ?? record.Text("channel"u8),
        Computer = record.Text("computer_name"u8),
        RecordId = record.Text("record_number"u8) ?? record.Text("record_id"u8),
        Time = EventTimes.First(record.Get("@timestamp"u8)),
        Message = record.Get("message"u8),
        DataPrefix = DataPrefix,
    }.Read();
}
