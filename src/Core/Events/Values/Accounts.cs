using Changeling.Events.Json;

namespace Changeling.Events.Values;

/// <summary>Accounts: <c>DOMAIN\name</c>, security identifiers, and the three service accounts that are the same everywhere.</summary>
internal static class Accounts
{
    private const string NullSid = "S-1-0-0";

    /// <summary>An account written as <c>DOMAIN\name</c> or as a name alone, with its SID where that is known.</summary>
    public static UserIdentity? Of(string? account, string? sid = null)
    {
        var known = KnownText.Of(account);
        if (known is null) return Of(null, null, sid);

        var separator = known.IndexOf('\\', StringComparison.Ordinal);
        return separator < 0 ? Of(known, null, sid) : Of(Text(known, separator + 1, known.Length), Text(known, 0, separator), sid);
    }

    /// <summary>An account from its parts; <see langword="null"/> when the source knows neither name nor SID.</summary>
    public static UserIdentity? Of(string? name, string? domain, string? sid)
    {
        var known = KnownText.Of(name);
        var authority = KnownText.Of(domain);
        var identifier = Sid(sid) ?? ServiceSid(authority, known);
        return known is null && identifier is null ? null : new UserIdentity(known, authority, identifier);
    }

    /// <summary>The text when it is a real SID; collectors put <c>NULL SID</c> or a name there too.</summary>
    public static string? Sid(string? text)
    {
        var known = KnownText.Of(text);
        return known is not null && known.StartsWith("S-1-", StringComparison.OrdinalIgnoreCase) && known != NullSid ? known : null;
    }

    /// <summary>The SID of the service account behind a fixed logon id.</summary>
    public static string? SidOfLogon(ulong logonId) => logonId switch
    {
        0x3e7 => "S-1-5-18",
        0x3e5 => "S-1-5-19",
        0x3e4 => "S-1-5-20",
        _ => null,
    };

    private static string Text(string account, int from, int to) => TextPool.Shared.Get(account.AsSpan(from, to - from));

    private static string? ServiceSid(string? domain, string? name)
    {
        if (!string.Equals(domain, "NT AUTHORITY", StringComparison.OrdinalIgnoreCase)) return null;
        if (string.Equals(name, "SYSTEM", StringComparison.OrdinalIgnoreCase)) return SidOfLogon(0x3e7);
        if (string.Equals(name, "LOCAL SERVICE", StringComparison.OrdinalIgnoreCase)) return SidOfLogon(0x3e5);
        return string.Equals(name, "NETWORK SERVICE", StringComparison.OrdinalIgnoreCase) ? SidOfLogon(0x3e4) : null;
    }
}
