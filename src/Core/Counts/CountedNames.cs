using Changeling.Events;
using Changeling.Features;

namespace Changeling.Counts;

/// <summary>Under which names hosts and users are counted.</summary>
internal static class CountedNames
{
    /// <summary>The endpoint, lower case.</summary>
    public static string Host(ProcessEvent e) => LineageName.Bound(e.Host.Name.ToLowerInvariant());

    /// <summary>
    /// <c>domain\name</c>, lower case; without a name the SID. None for the accounts of Windows itself, which every host has.
    /// </summary>
    public static string? User(ProcessEvent e)
    {
        if (e.User is not { } user || SystemAccounts.Is(user)) return null;
        var name = user.Name is { Length: > 0 } ? (user.Domain is { Length: > 0 } domain ? $@"{domain}\{user.Name}" : user.Name) : user.Sid;
        return name is { Length: > 0 } ? LineageName.Bound(name.ToLowerInvariant()) : null;
    }
}
