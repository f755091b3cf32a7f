using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Windows events flattened into one object: NXLog, Log Analytics <c>SecurityEvent</c> and kin. Here <c>host</c>,
/// <c>ProcessID</c>, <c>AccountName</c> and <c>Domain</c> belong to the collector and the log service and are never read.
/// </summary>
internal sealed class FlatWindowsReader : IRecordReader
{
    private static readonly byte[] DataPrefix = [.. "EventData."u8];

    public RecordOutcome Read(JsonValue record) => new WindowsEvent(SourceFormats.FlatWindows, record, record)
    {
        EventId = WholeNumbers.Of(record.Get("EventID"u8)) ?? WholeNumbers.Of(record.Get("EventId"u8)),
        Provider = record.Text("SourceName"u8)
            ?? record.Text("EventSourceName"u8)
            ?? record.Text("ProviderName"u8)
            ?? record.Text("Provider"u8),
        ProviderGuid = record.Text("ProviderGuid"u8),
        Channel = record.Text("Channel"u8),
        Computer = record.Text("Hostname"u8) ?? record.Text("Computer"u8) ?? HostNames.Of(record),
        ComputerId = record.Text("SourceComputerId"u8),
        RecordId = record.Text("RecordNumber"u8) ?? record.Text("EventRecordID"u8) ?? record.Text("EventRecordId"u8),
        Time = Time(record),
        IdentityTime = IdentityTime(record),
        Message = record.Get("Message"u8),
        ItemId = record.Text("_ItemId"u8),
        MoreData = record.Get("EventData"u8),
        DataPrefix = DataPrefix,
        Inserts = record.Get("StringInserts"u8),
    }.Read();

    /// <summary>The host's own <c>EventTime</c> has no zone and comes last.</summary>
    private static JsonValue Time(JsonValue record) => EventTimes.First(
        record.Get("@timestamp"u8), record.Get("TimeGenerated"u8), record.Get("TimeCreated"u8), record.Get("EventTime"u8));

    /// <summary>A relay changes <c>@timestamp</c> when it sends a record again, but not the host's own times.</summary>
    private static JsonValue IdentityTime(JsonValue record) => EventTimes.First(
        record.Get("TimeCreated"u8), record.Get("EventTime"u8), record.Get("TimeGenerated"u8), record.Get("@timestamp"u8));
}
