using System.Text.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Winlogbeat 7 and later, nested or with dotted keys. An agent or pipeline may have copied or moved fields to the names of the Elastic
/// Common Schema; the event's own fields come first.
/// </summary>
internal sealed class WinlogbeatReader : IRecordReader
{
    public RecordOutcome Read(JsonElement record) => new WindowsEvent(
        SourceFormats.Winlogbeat, record, record.Field("winlog.event_data"))
    {
        EventId = WholeNumbers.Of(record.Field("winlog.event_id")) ?? WholeNumbers.Of(record.Field("event.code")),
        Provider = record.FieldText("winlog.provider_name") ?? record.FieldText("event.provider"),
        ProviderGuid = record.FieldText("winlog.provider_guid"),
        Channel = record.FieldText("winlog.channel"),
        Computer = record.FieldText("winlog.computer_name") ?? HostNames.Of(record.Get("winlog"u8)) ?? CopiedHost(record),
        RecordId = record.FieldText("winlog.record_id"),
        Time = EventTimes.First(record.Field("@timestamp"), record.Field("winlog.time_created"), record.Field("event.created")),
        Message = record.Get("message"u8).AsText(),
        DataPrefix = "winlog.event_data.",
    }.Read();

    /// <summary>
    /// <c>host.name</c> is the collector's where events are forwarded. It is read only beside fields of the event, because a record that is
    /// cut before the computer's name ends here too.
    /// </summary>
    private static string? CopiedHost(JsonElement record) =>
        record.Field("winlog.computer_name").ValueKind != JsonValueKind.Undefined
        || record.FieldTexts("tags").Contains("forwarded")
        || (record.FieldText("process.executable") is null && record.Field("winlog.event_data").ValueKind == JsonValueKind.Undefined)
            ? null
            : record.FieldText("host.name") ?? record.FieldText("host.hostname");
}
