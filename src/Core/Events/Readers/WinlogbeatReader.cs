using System.Text.Json;
using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Winlogbeat 7 and later, nested or with dotted keys. An agent or pipeline may have copied or moved fields to the names of the Elastic
/// Common Schema; the event's own fields come first.
/// </summary>
internal sealed class WinlogbeatReader : IRecordReader
{
    private static readonly byte[] DataPrefix = [.. "winlog.event_data."u8];

    public RecordOutcome Read(JsonValue record) => new WindowsEvent(
        SourceFormats.Winlogbeat, record, record.Field("winlog.event_data"u8))
    {
        EventId = WholeNumbers.Of(record.Field("winlog.event_id"u8)) ?? WholeNumbers.Of(record.Field("event.code"u8)),
        Provider = record.FieldText("winlog.provider_name"u8) ?? record.FieldText("event.provider"u8),
        ProviderGuid = record.FieldText("winlog.provider_guid"u8),
        Channel = record.FieldText("winlog.channel"u8),
        Computer = record.FieldText("winlog.computer_name"u8) ?? HostNames.Of(record.Get("winlog"u8)) ?? CopiedHost(record),
        RecordId = record.FieldText("winlog.record_id"u8),
        Time = EventTimes.First(record.Field("@timestamp"u8), record.Field("winlog.time_created"u8), record.Field("event.created"u8)),
        Message = record.Get("message"u8),
        DataPrefix = DataPrefix,
    }.Read();

    /// <summary>
    /// <c>host.name</c> is the collector's where events are forwarded. It is read only beside fields of the event, because a record that is
    /// cut before the computer's name ends here too.
    /// </summary>
    private static string? CopiedHost(JsonValue record) =>
        record.Field("winlog.computer_name"u8).ValueKind != JsonValueKind.Undefined
        || record.FieldTexts("tags"u8).Contains("forwarded")
        || (record.FieldText("process.executable"u8) is null && record.Field("winlog.event_data"u8).ValueKind == JsonValueKind.Undefined)
            ? null
            : record.FieldText("host.name"u8) ?? record.FieldText("host.hostname"u8);
}
