using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Graylog's GELF with the fields of a Windows event as additional fields, which begin with an underscore, as NXLog's <c>xm_gelf</c>
/// writes them. <c>host</c> is the event's computer and <c>timestamp</c> its time in seconds of UTC.
/// </summary>
internal sealed class GelfReader : IRecordReader
{
    public static bool Matches(JsonValue record) => record.Has("short_message"u8) && record.Has("host"u8) && record.Has("_EventID"u8);

    public RecordOutcome Read(JsonValue record)
    {
        using var named = RenamedFields.Of(record, name => name is ['_', ..] ? TextPool.Shared.Get(name.AsSpan(1)) : null);
        var data = named.Root;
        return new WindowsEvent(SourceFormats.Gelf, record, data)
        {
            EventId = ProcessIds.Of(data.Get("EventID"u8)),
            Provider = data.Text("SourceName"u8) ?? data.Text("ProviderName"u8),
            Channel = data.Text("Channel"u8),
            Computer = data.Text("Hostname"u8) ?? record.Text("host"u8),
            RecordId = data.Text("RecordNumber"u8) ?? data.Text("EventRecordID"u8),
            Time = record.Get("timestamp"u8),
            Message = record.Get("full_message"u8),
        }.Read();
    }
}
