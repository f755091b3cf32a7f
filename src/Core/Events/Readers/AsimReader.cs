using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Sentinel's normalised process events. The names are shifted by a generation: <c>Target…</c> is the new process, <c>Acting…</c> its
/// direct parent, and <c>Parent…</c> the grandparent, which is never read.
/// </summary>
internal sealed class AsimReader : IRecordReader
{
    public RecordOutcome Read(JsonValue record)
    {
        var kind = record.Text("EventType"u8);
        if (kind is null) return DeadRecord.Of(record, DeadLetterReasons.MissingField, "missing or unreadable: EventType");
        if (kind != "ProcessCreated") return Skipped(kind);
        return Platforms.IsOther(record.Text("DvcOs"u8)) ? Skipped(Platforms.NotWindows) : Draft(record).Finish(record);
    }

    private static EventDraft Draft(JsonValue row) => new(SourceFormats.Asim)
    {
        Time = EventTimes.Of(row.Get("TargetProcessCreationTime"u8))
            ?? EventTimes.Of(row.Get("EventStartTime"u8))
            ?? EventTimes.Of(row.Get("TimeGenerated"u8)),
        HostName = HostName(row),
        HostId = row.Text("DvcId"u8),
        User = Account(row.Text("TargetUsername"u8), row.Text("TargetUserId"u8))
            ?? Account(row.Text("ActorUsername"u8), row.Text("ActorUserId"u8)),
        Child = new ProcessDraft(row.Text("TargetProcessName"u8), row.Text("TargetProcessFilename"u8))
        {
            CommandLine = row.CommandLine("TargetProcessCommandLine"u8) ?? row.CommandLine("CommandLine"u8),
            Pid = ProcessIds.Of(row.Get("TargetProcessId"u8)),
            Guid = ProcessGuids.Of(row.Text("TargetProcessGuid"u8)),
        },
        OriginalFileName = row.Text("TargetProcessFileOriginalName"u8),
        Hashes = Hashes.Of(
            row.Text("TargetProcessMD5"u8), row.Text("TargetProcessSHA1"u8), row.Text("TargetProcessSHA256"u8),
            row.Text("TargetProcessIMPHASH"u8)),
        Integrity = TokenValues.Integrity(row.Text("TargetProcessIntegrityLevel"u8)),
        Elevation = TokenValues.Elevation(row.Text("TargetProcessTokenElevation"u8)),
        Parent = new ProcessDraft(row.Text("ActingProcessName"u8), row.Text("ActingProcessFilename"u8))
        {
            CommandLine = row.CommandLine("ActingProcessCommandLine"u8),
            Pid = ProcessIds.Of(row.Get("ActingProcessId"u8)),
            Guid = ProcessGuids.Of(row.Text("ActingProcessGuid"u8)),
        },
        SourceIdentity = Identity(row),
    };

    private static string? HostName(JsonValue row)
    {
        if (row.Text("DvcFQDN"u8) is { } whole) return whole;
        var name = row.Text("DvcHostname"u8);
        return name is not null && row.Text("DvcDomain"u8) is { } domain && !name.Contains('.', StringComparison.Ordinal)
            ? $"{name}.{domain}"
            : name ?? row.Text("Dvc"u8);
    }

    /// <summary><c>DOMAIN\name</c>, or the mail form of a user principal name.</summary>
    private static UserIdentity? Account(string? name, string? id) =>
        name?.Split('@') is [var user, var domain] && !name.Contains('\\', StringComparison.Ordinal)
            ? Accounts.Of(user, domain, id)
            : Accounts.Of(name, id);

    private static string? Identity(JsonValue row)
    {
        var time = row.Text("EventStartTime"u8) ?? row.Text("TimeGenerated"u8);
        return SourceIdentities.Of("asim", row.Text("EventOriginalUid"u8), row.Text("DvcId"u8) ?? row.Text("DvcHostname"u8), time)
            ?? SourceIdentities.Of("asim", HostName(row), row.Text("TargetProcessId"u8), row.Text("TargetProcessCreationTime"u8) ?? time);
    }

    private static RecordOutcome.Skipped Skipped(string kind) => new(SourceFormats.Asim, kind);
}
