using System.Text.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Winlogbeat 7 and later. The agent may have filled <c>process.*</c> from the event's own fields; those are read and the
/// filled ones are not, so one reader serves raw and filled. <c>host.name</c> may be the collector's.
/// </summary>
internal sealed class WinlogbeatReader : IRecordReader
{
    public RecordOutcome Read(JsonElement record)
    {
        var winlog = record.Get("winlog"u8);
        return new WindowsEvent(SourceFormats.Winlogbeat, record, winlog.Get("event_data"u8))
        {
            EventId = ProcessIds.Of(winlog.Get("event_id"u8)),
            Provider = winlog.Text("provider_name"u8),
            Channel = winlog.Text("channel"u8),
            Computer = winlog.Text("computer_name"u8),
            RecordId = winlog.Text("record_id"u8),
            Time = record.Get("@timestamp"u8),
        }.Read();
    }
}
