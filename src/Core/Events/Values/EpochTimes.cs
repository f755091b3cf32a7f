using System.Globalization;

namespace Changeling.Events.Values;

/// <summary>Times as numbers. The size of the number determines its unit; the ranges do not meet before the year 2200.</summary>
internal static class EpochTimes
{
    private const long FileTimeEpoch = 504_911_232_000_000_000;

    /// <summary>
    /// Seconds, milliseconds, microseconds or nanoseconds since 1970, Windows' file time, .NET's ticks, or <c>/Date(ms)/</c>.
    /// </summary>
    public static DateTimeOffset? Of(ReadOnlySpan<char> text)
    {
        if (Inside(text) is { IsEmpty: false } milliseconds)
            return Number(milliseconds) is { } ms ? At(ms * TimeSpan.TicksPerMillisecond) : null;
        return Number(text) is { } number && number >= 0 ? OfNumber(number) : null;
    }

    private static DateTimeOffset? OfNumber(decimal number) => number switch
    {
        < 1e11m => At(number * TimeSpan.TicksPerSecond),
        < 1e14m => At(number * TimeSpan.TicksPerMillisecond),
        < 1e17m => At(number * TimeSpan.TicksPerMicrosecond),
        < 3e17m => EventTimes.AtTicks(FileTimeEpoch + number),
        < 1e18m => EventTimes.AtTicks(number),
        _ => At(number / TimeSpan.NanosecondsPerTick),
    };

    private static DateTimeOffset? At(decimal ticks) => EventTimes.AtTicks(DateTimeOffset.UnixEpoch.Ticks + ticks);

    private static decimal? Number(ReadOnlySpan<char> text) => decimal.TryParse(
        text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The number in <c>/Date(1793697267384)/</c>; an offset behind it only says how to show the time.</summary>
    private static ReadOnlySpan<char> Inside(ReadOnlySpan<char> text)
    {
        text = text.Trim("\\/");
        if (!text.StartsWith("Date(", StringComparison.Ordinal) || !text.EndsWith(')')) return default;
        text = text[5..^1];
        var offset = text.IndexOfAny('+', '-');
        return offset < 0 ? text : text[..offset];
    }
}
