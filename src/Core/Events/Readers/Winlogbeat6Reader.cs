using System.Text.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>Winlogbeat 6: what later stands under <c>winlog</c> stands at the root. <c>beat.hostname</c> is the collector.</summary>
internal sealed class Winlogbeat6Reader : IRecordReader
{
    public RecordOutcome Read(JsonElement record) => new WindowsEvent(SourceFormats.Winlogbeat6, record, record.Get("event_data"u8))
    {
        EventId = ProcessIds.Of(record.Get("event_id"u8)),
        Provider = record.Text("source_name"u8),
        Channel = record.Text("log_name"u8),
        Computer = record.Text("computer_name"u8),
        RecordId = record.Text("record_number"u8),
        Time = record.Get("@timestamp"u8),
    }.Read();
}
