using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// CrowdStrike Falcon Data Replicator: all values are texts. An event names its parent by the sensor's id and by the bare file name;
/// <see cref="ParentsInMessage"/> adds path and command line where the parent's own event is in the same message.
/// </summary>
internal sealed class CrowdStrikeReader : IRecordReader
{
    private const string Launched = "ProcessRollup2";
    private const string RanAlready = "SyntheticProcessRollup2";

    public RecordOutcome Read(JsonValue record)
    {
        if (record.Text("event_simpleName"u8) is not { } kind)
            return DeadRecord.Of(record, DeadLetterReasons.MissingField, "missing or unreadable: event_simpleName");
        if (kind is not (Launched or RanAlready)) return Skipped(kind);
        if (Platforms.IsOther(record.Text("event_platform"u8))) return Skipped(Platforms.NotWindows);

        var outcome = Draft(record).Finish(record);
        return kind == Launched ? outcome : Skipped(kind) with { Running = (outcome as RecordOutcome.Read)?.Event };
    }

    private static EventDraft Draft(JsonValue record) => new(SourceFormats.CrowdStrikeFdr)
    {
        Time = EventTimes.Of(record.Get("ProcessStartTime"u8))
            ?? EventTimes.Of(record.Get("ContextTimeStamp"u8))
            ?? EventTimes.Of(record.Get("timestamp"u8)),
        HostName = record.Text("ComputerName"u8) ?? HostNames.Of(record) ?? record.Text("aid"u8),
        HostId = record.Text("aid"u8),
        User = Accounts.Of(record.Text("UserName"u8), record.Text("UserSid"u8)),
        Child = new ProcessDraft(record.Text("ImageFileName"u8))
        {
            CommandLine = record.CommandLine("CommandLine"u8),
            Pid = ProcessIds.Of(record.Get("RawProcessId"u8)),
            Guid = record.Text("TargetProcessId"u8),
        },
        Hashes = Hashes.Of(record.Text("MD5HashData"u8), record.Text("SHA1HashData"u8), record.Text("SHA256HashData"u8), impHash: null),
        Integrity = TokenValues.Integrity(record.Text("IntegrityLevel"u8)),
        Parent = new ProcessDraft(path: null, record.Text("ParentBaseFileName"u8)) { Guid = record.Text("ParentProcessId"u8) },
        SourceIdentity = SourceIdentities.Of("crowdstrike", record.Text("aid"u8), record.Text("TargetProcessId"u8)),
    };

    private static RecordOutcome.Skipped Skipped(string kind) => new(SourceFormats.CrowdStrikeFdr, kind);
}
