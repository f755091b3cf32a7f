using System.Globalization;

namespace Changeling.Events.Values;

/// <summary>
/// Times that begin with the month or the day, as portals and older senders write them. The month comes first, as in the exports of
/// Microsoft, unless only the other order is possible. A wrong month is outside the pipeline's sanity window, and is noted there.
/// </summary>
internal static class WrittenTimes
{
    private const int Longest = 40;

    private static readonly string[] Layouts =
    [
        "M/d/yyyy H:mm:ss.FFFFFFF", "M/d/yyyy h:mm:ss.FFFFFFF tt", "d/M/yyyy H:mm:ss.FFFFFFF", "d/M/yyyy h:mm:ss.FFFFFFF tt",
        "ddd, d MMM yyyy H:mm:ss 'GMT'", "d MMM yyyy H:mm:ss.FFFFFFF", "d/MMM/yyyy:H:mm:ss zzz", "MMM d yyyy H:mm:ss.FFFFFFF",
        "ddd MMM d H:mm:ss yyyy", "yyyy/M/d H:mm:ss.FFFFFFF",
    ];

    /// <summary>The instant in UTC, or <see langword="null"/>.</summary>
    public static DateTimeOffset? Of(ReadOnlySpan<char> text)
    {
        if (text.Length > Longest || text.IndexOf(':') < 0) return null;
        var comma = text.IndexOf(',');

        // "Tue, 3 Nov" keeps its comma; in "11/3/2026, 9:14" and "Nov 3, 2026 @ 9:14" it only separates.
        var plain = text.ToString();
        if (comma != 3) plain = plain.Replace(",", "", StringComparison.Ordinal).Replace("@ ", "", StringComparison.Ordinal);

        return DateTimeOffset.TryParseExact(
            plain, Layouts, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowInnerWhite, out var time)
                ? time
                : null;
    }
}
