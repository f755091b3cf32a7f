using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>The fields of Sysmon's event 1, <c>ProcessCreate</c>. Here <c>ProcessId</c> is the new process.</summary>
internal static class SysmonEvent
{
    private const string Kind = "sysmon-1";

    public static RecordOutcome Read(in WindowsEvent e, in EventFields data, EventNotes notes)
    {
        var guid = ProcessGuids.Of(data.Text("ProcessGuid"u8));
        var image = data.Text("Image"u8);
        var parentImage = data.Text("ParentImage"u8);
        var draft = new EventDraft(e.Format)
        {
            Time = data.Time("UtcTime"u8) ?? EventTimes.Of(e.Time),
            HostName = e.Computer,
            HostId = e.ComputerId,
            User = Accounts.Of(data.Text("User"u8)) ?? CopiedAccount(data),
            Child = new ProcessDraft(image, image is null ? data.Copy("process.name"u8) : null)
            {
                CommandLine = data.CommandLine("CommandLine"u8, "process."u8),
                Pid = data.ProcessId("ProcessId"u8) ?? ProcessIds.FromMessage(e.Message.AsText(), "ProcessId:"),
                Guid = guid,
            },
            OriginalFileName = data.Text("OriginalFileName"u8),
            Hashes = Hashes.OfList(data.Known("Hashes"u8)) ?? CopiedHashes(data),
            Integrity = TokenValues.Integrity(data.Text("IntegrityLevel"u8)),
            Parent = new ProcessDraft(parentImage, parentImage is null ? data.Copy("process.parent.name"u8) : null)
            {
                CommandLine = data.CommandLine("ParentCommandLine"u8, "process.parent."u8),
                Pid = data.ProcessId("ParentProcessId"u8),
                Guid = ProcessGuids.Of(data.Text("ParentProcessGuid"u8)),
            },
            SourceIdentity = SourceIdentities.Of(Kind, e.Computer, guid) ?? SourceIdentities.Of(Kind, e.ItemId),
            Notes = notes,
        };
        return draft.Finish(e.Record);
    }

    /// <summary>The copied SID is the log service's, unless it is a person's.</summary>
    private static UserIdentity? CopiedAccount(EventFields data)
    {
        var sid = data.Copy("user.id"u8);
        return Accounts.Of(
            data.Copy("user.name"u8),
            data.Copy("user.domain"u8),
            sid?.StartsWith("S-1-5-21-", StringComparison.Ordinal) == true ? sid : null);
    }

    private static FileHashes? CopiedHashes(EventFields data) => Hashes.Of(
        data.Copy("process.hash.md5"u8), data.Copy("process.hash.sha1"u8), data.Copy("process.hash.sha256"u8),
        data.Copy("process.pe.imphash"u8) ?? data.Copy("process.hash.imphash"u8));
}
