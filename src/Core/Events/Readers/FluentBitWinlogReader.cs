using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Fluent Bit's older <c>winlog</c> input: the classic event log interface, with values by position only. It reads the classic logs
/// (Security), not Sysmon's channel. <c>Sid</c> is the log service's account.
/// </summary>
internal sealed class FluentBitWinlogReader : IRecordReader
{
    public static bool Matches(JsonValue record) =>
        record.Has("StringInserts"u8) && record.Has("SourceName"u8) && record.Has("ComputerName"u8);

    public RecordOutcome Read(JsonValue record)
    {
        var e = new WindowsEvent(SourceFormats.FluentBit, record, default)
        {
            EventId = ProcessIds.Of(record.Get("EventID"u8)),
            Provider = record.Text("SourceName"u8),
            Channel = record.Text("Channel"u8),
            Computer = record.Text("ComputerName"u8),
            RecordId = record.Text("RecordNumber"u8),
            Time = EventTimes.Of(record.Get("TimeGenerated"u8)) is null ? record.Get("@timestamp"u8) : record.Get("TimeGenerated"u8),
        };
        if (!e.IsProcessCreation) return e.Read();

        using var named = PositionalFields.Named(record.Get("StringInserts"u8), e.IsSysmon);
        return named is null
            ? DeadRecord.Of(record, DeadLetterReasons.PositionsShifted, "StringInserts is of no known version of the event")
            : (e with { Data = named.Root }).Read();
    }
}
