using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>The fields of Sysmon's event 1, <c>ProcessCreate</c>. Here <c>ProcessId</c> is the new process.</summary>
internal static class SysmonEvent
{
    private const string Kind = "sysmon-1";

    public static RecordOutcome Read(WindowsEvent e, EventFields data, EventNotes notes)
    {
        var guid = ProcessGuids.Of(data.Text("ProcessGuid"));
        var image = data.Text("Image");
        var parentImage = data.Text("ParentImage");
        var draft = new EventDraft(e.Format)
        {
            Time = data.Time("UtcTime") ?? EventTimes.Of(e.Time),
            HostName = e.Computer,
            HostId = e.ComputerId,
            User = Accounts.Of(data.Text("User")) ?? CopiedAccount(data),
            Child = new ProcessDraft(image, image is null ? data.Copy("process.name") : null)
            {
                CommandLine = data.CommandLine("CommandLine", "process."),
                Pid = data.ProcessId("ProcessId") ?? ProcessIds.FromMessage(e.Message, "ProcessId:"),
                Guid = guid,
            },
            OriginalFileName = data.Text("OriginalFileName"),
            Hashes = Hashes.OfList(data.Text("Hashes")) ?? CopiedHashes(data),
            Integrity = TokenValues.Integrity(data.Text("IntegrityLevel")),
            Parent = new ProcessDraft(parentImage, parentImage is null ? data.Copy("process.parent.name") : null)
            {
                CommandLine = data.CommandLine("ParentCommandLine", "process.parent."),
                Pid = data.ProcessId("ParentProcessId"),
                Guid = ProcessGuids.Of(data.Text("ParentProcessGuid")),
            },
            SourceIdentity = SourceIdentities.Of(Kind, e.Computer, guid) ?? SourceIdentities.Of(Kind, e.ItemId),
            Notes = notes,
        };
        return draft.Finish(e.Record);
    }

    /// <summary>The copied SID is the log service's, unless it is a person's.</summary>
    private static UserIdentity? CopiedAccount(EventFields data)
    {
        var sid = data.Copy("user.id");
        return Accounts.Of(
            data.Copy("user.name"), data.Copy("user.domain"), sid?.StartsWith("S-1-5-21-", StringComparison.Ordinal) == true ? sid : null);
    }

    private static FileHashes? CopiedHashes(EventFields data) => Hashes.Of(
        data.Copy("process.hash.md5"), data.Copy("process.hash.sha1"), data.Copy("process.hash.sha256"),
        data.Copy("process.pe.imphash") ?? data.Copy("process.hash.imphash"));
}
