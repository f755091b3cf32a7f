using System.Globalization;

namespace Changeling.Events.Values;

/// <summary>Times that begin with the year, with dashes or slashes.</summary>
internal static class IsoTimes
{
    private const int TickDigits = 7;

    private static readonly string[] Dates = ["yyyy-MM-dd", "yyyy/MM/dd"];

    /// <summary>The instant in UTC, or <see langword="null"/>.</summary>
    public static DateTimeOffset? Of(ReadOnlySpan<char> text)
    {
        const string layout = "yyyy-MM-dd HH:mm:ss";
        if (text.Length < layout.Length || text[10] is not ('T' or 't' or ' ')) return null;
        if (!DateTime.TryParseExact(text[..10], Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return null;
        if (!TimeOnly.TryParseExact(text[11..19], "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return null;

        var rest = text[19..];
        if (Fraction(ref rest) is not { } fraction || OffsetTicks(rest.TrimStart()) is not { } offset) return null;
        return EventTimes.AtTicks(date.Ticks + time.Ticks + fraction - offset);
    }

    /// <summary>Removes the fraction from the beginning of <paramref name="rest"/>, in ticks; digits beyond 100 ns are dropped.</summary>
    private static long? Fraction(ref ReadOnlySpan<char> rest)
    {
        if (rest is not ['.' or ',', ..]) return 0;
        var digits = rest[1..];
        var count = digits.IndexOfAnyExceptInRange('0', '9');
        digits = count < 0 ? digits : digits[..count];
        rest = rest[(digits.Length + 1)..];
        if (digits.Length is 0 or > 9) return null;

        var ticks = 0L;
        for (var i = 0; i < TickDigits; i++) ticks = ticks * 10 + (i < digits.Length ? digits[i] - '0' : 0);
        return ticks;
    }

    private static long? OffsetTicks(ReadOnlySpan<char> zone)
    {
        if (zone is "" or "Z" or "z" or "UTC" or "GMT") return 0;
        string[] layouts = [@"hh\:mm", "hhmm", "hh"];
        if (zone[0] is not ('+' or '-')) return null;
        if (!TimeSpan.TryParseExact(zone[1..], layouts, CultureInfo.InvariantCulture, out var offset)) return null;
        return zone[0] == '-' ? -offset.Ticks : offset.Ticks;
    }
}
