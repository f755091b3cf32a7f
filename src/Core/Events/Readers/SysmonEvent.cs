using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>The fields of Sysmon's event 1, <c>ProcessCreate</c>. Here <c>ProcessId</c> is the new process.</summary>
internal static class SysmonEvent
{
    private const string Kind = "sysmon-1";

    public static RecordOutcome Read(WindowsEvent e)
    {
        var data = e.Data;
        var guid = ProcessGuids.Of(data.Text("ProcessGuid"u8));
        var draft = new EventDraft(e.Format)
        {
            Time = EventTimes.Of(data.Get("UtcTime"u8)) ?? EventTimes.Of(e.Time),
            HostName = e.Computer,
            HostId = e.ComputerId,
            User = Accounts.Of(data.Text("User"u8)),
            Child = new ProcessDraft(data.Text("Image"u8))
            {
                CommandLine = data.CommandLine("CommandLine"u8),
                Pid = ProcessIds.Of(data.Get("ProcessId"u8)) ?? ProcessIds.FromMessage(e.Message, "ProcessId:"),
                Guid = guid,
            },
            OriginalFileName = data.Text("OriginalFileName"u8),
            Hashes = Hashes.OfList(data.Text("Hashes"u8)),
            Integrity = TokenValues.Integrity(data.Text("IntegrityLevel"u8)),
            Parent = new ProcessDraft(data.Text("ParentImage"u8))
            {
                CommandLine = data.CommandLine("ParentCommandLine"u8),
                Pid = ProcessIds.Of(data.Get("ParentProcessId"u8)),
                Guid = ProcessGuids.Of(data.Text("ParentProcessGuid"u8)),
            },
            SourceIdentity = SourceIdentities.Of(Kind, e.Computer, guid) ?? SourceIdentities.Of(Kind, e.ItemId),
        };
        return draft.Finish(e.Record);
    }
}
