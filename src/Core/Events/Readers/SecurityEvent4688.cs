using System.Text.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// The fields of Security event 4688, <i>a new process has been created</i>. Here <c>ProcessId</c> is the creator, and
/// ids are hexadecimal.
/// </summary>
internal static class SecurityEvent4688
{
    private const string Kind = "security-4688";

    public static RecordOutcome Read(WindowsEvent e)
    {
        var data = e.Data;
        var draft = new EventDraft(e.Format)
        {
            Time = EventTimes.Of(e.Time),
            HostName = e.Computer,
            HostId = e.ComputerId,
            User = NewProcessAccount.Of(data),
            Child = new ProcessDraft(data.Text("NewProcessName"u8))
            {
                CommandLine = data.CommandLine("CommandLine"u8),
                Pid = ProcessIds.Of(data.Get("NewProcessId"u8)),
            },
            Integrity = TokenValues.Integrity(data.Text("MandatoryLabel"u8)),
            Elevation = TokenValues.Elevation(data.Text("TokenElevationType"u8)),
            Parent = new ProcessDraft(data.Text("ParentProcessName"u8))
            {
                Pid = ProcessIds.Of(data.Get("ProcessId"u8)) ?? ProcessIds.FromMessage(e.Message, "Creator Process ID:"),
            },
            SourceIdentity = Identity(e),
        };
        return draft.Finish(e.Record);
    }

    /// <summary>Record numbers start again when a log is cleared, so the time, as its raw text, belongs to them.</summary>
    private static string? Identity(WindowsEvent e)
    {
        var time = KnownText.Of((e.IdentityTime.ValueKind == JsonValueKind.Undefined ? e.Time : e.IdentityTime).AsText());
        return SourceIdentities.Of(Kind, e.Computer, e.Channel ?? "security", e.RecordId, time)
            ?? SourceIdentities.Of(Kind, e.Computer, time, e.Data.Text("NewProcessId"u8))
            ?? SourceIdentities.Of(Kind, e.ItemId);
    }
}
