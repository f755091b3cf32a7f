using System.Globalization;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// The account of the new process in a Security 4688 event: the creator's (<c>Subject…</c>), unless the event names a target. Windows often
/// names the target without its SID.
/// </summary>
internal static class NewProcessAccount
{
    public static UserIdentity? Of(EventFields data)
    {
        var targetSid = Accounts.Sid(data.Text("TargetUserSid"u8));
        var targetName = data.Text("TargetUserName"u8);
        var targetLogonId = data.Text("TargetLogonId"u8);
        var targetLogon = LogonId(targetLogonId);
        var hasTarget = targetSid is not null || (targetName is not null && (targetLogon != 0 || targetLogonId is null));

        return hasTarget
            ? Accounts.Of(targetName, data.Text("TargetDomainName"u8), targetSid ?? Accounts.SidOfLogon(targetLogon))
            : Subject(data);
    }

    private static UserIdentity? Subject(EventFields data)
    {
        var sid = data.Text("SubjectUserSid"u8);
        var name = data.Text("SubjectUserName"u8);
        return name is null
            ? Accounts.Of(data.Text("SubjectAccount"u8), sid)
            : Accounts.Of(name, data.Text("SubjectDomainName"u8), sid);
    }

    /// <summary>Decimal or <c>0x</c> hexadecimal; 0 when there is none.</summary>
    private static ulong LogonId(string? text)
    {
        var isHex = text?.StartsWith("0x", StringComparison.OrdinalIgnoreCase) == true;
        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return ulong.TryParse(isHex ? text.AsSpan(2) : text, style, CultureInfo.InvariantCulture, out var id) ? id : 0;
    }
}
