using Changeling.Events;

namespace Changeling.Features;

/// <summary>Which accounts belong to Windows itself: the three service accounts, machine accounts, window and font managers.</summary>
internal static class SystemAccounts
{
    public static bool Is(UserIdentity? user)
    {
        if (user is null) return false;
        if (user.Sid is "S-1-5-18" or "S-1-5-19" or "S-1-5-20") return true;
        if (user.Name is not { Length: > 0 } name) return false;
        return name[^1] == '$'
            || name.Equals("SYSTEM", StringComparison.OrdinalIgnoreCase)
            || name.Equals("LOCAL SERVICE", StringComparison.OrdinalIgnoreCase)
            || name.Equals("NETWORK SERVICE", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("DWM-", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("UMFD-", StringComparison.OrdinalIgnoreCase);
    }
}
