using System.Globalization;

namespace Changeling.Events.Values;

/// <summary>Times that begin with the year, with dashes or slashes.</summary>
internal static class IsoTimes
{
    private const int TickDigits = 7;

    /// <summary>The instant in UTC, or <see langword="null"/>.</summary>
    public static DateTimeOffset? Of(ReadOnlySpan<char> text)
    {
        const string layout = "yyyy-MM-dd HH:mm:ss";
        if (text.Length < layout.Length || text[10] is not ('T' or 't' or ' ')) return null;
        if (DateTicks(text[..10]) is not { } date || TimeTicks(text[11..19]) is not { } time) return null;

        var rest = text[19..];
        if (Fraction(ref rest) is not { } fraction || OffsetTicks(rest.TrimStart()) is not { } offset) return null;
        var ticks = date + time + fraction - offset;
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    private static long? DateTicks(ReadOnlySpan<char> date)
    {
        if (date[4] != date[7] || date[4] is not ('-' or '/')) return null;
        var (year, month, day) = (Number(date[..4]), Number(date[5..7]), Number(date[8..]));
        return year > 0 && month is >= 1 and <= 12 && day > 0 && day <= DateTime.DaysInMonth(year, month)
            ? new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks
            : null;
    }

    private static long? TimeTicks(ReadOnlySpan<char> time)
    {
        if (time[2] != ':' || time[5] != ':') return null;
        var (hour, minute, second) = (Number(time[..2]), Number(time[3..5]), Number(time[6..]));
        return hour is >= 0 and < 24 && minute is >= 0 and < 60 && second is >= 0 and < 60
            ? new TimeSpan(hour, minute, second).Ticks
            : null;
    }

    /// <summary>A few ASCII digits as a number; -1 if one is none.</summary>
    private static int Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit)) return -1;
            number = number * 10 + digit - '0';
        }

        return number;
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
