using System.Globalization;
using System.Text.Json;

namespace Changeling.Events.Values;

/// <summary>
/// Times as sources write them: ISO 8601 with a zone, a blank instead of the <c>T</c>, no zone (then UTC), epoch numbers.
/// Strict on purpose: the framework's lenient parser fills what is missing from today's date.
/// </summary>
internal static class EventTimes
{
    private const int TickDigits = 7;

    /// <summary>The instant in UTC, or <see langword="null"/>.</summary>
    public static DateTimeOffset? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDecimal(out var number) => FromEpoch(number),
        JsonValueKind.String => Of(value.GetString()),
        _ => null,
    };

    /// <summary>The instant in UTC, or <see langword="null"/>.</summary>
    public static DateTimeOffset? Of(string? text)
    {
        var span = text.AsSpan().Trim();
        if (span.Length > 10 && span[4] == '-') return FromIso(span);
        return decimal.TryParse(span, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? FromEpoch(number)
            : null;
    }

    /// <summary>The size of the number determines its unit: seconds, milliseconds, microseconds or nanoseconds.</summary>
    private static DateTimeOffset? FromEpoch(decimal number)
    {
        if (number < 0) return null;
        var ticks = number switch
        {
            < 1e11m => number * TimeSpan.TicksPerSecond,
            < 1e14m => number * TimeSpan.TicksPerMillisecond,
            < 1e17m => number * TimeSpan.TicksPerMicrosecond,
            _ => number / TimeSpan.NanosecondsPerTick,
        };
        return AtTicks(DateTimeOffset.UnixEpoch.Ticks + ticks);
    }

    private static DateTimeOffset? FromIso(ReadOnlySpan<char> text)
    {
        const string layout = "yyyy-MM-dd HH:mm:ss";
        if (text.Length < layout.Length || text[10] is not ('T' or 't' or ' ')) return null;
        if (!DateTime.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return null;
        if (!TimeOnly.TryParseExact(text[11..19], "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return null;

        var rest = text[19..];
        if (Fraction(ref rest) is not { } fraction || OffsetTicks(rest.TrimStart()) is not { } offset) return null;
        return AtTicks(date.Ticks + time.Ticks + fraction - offset);
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
        if (zone is "" or "Z" or "z") return 0;
        string[] layouts = [@"hh\:mm", "hhmm", "hh"];
        if (zone[0] is not ('+' or '-')) return null;
        if (!TimeSpan.TryParseExact(zone[1..], layouts, CultureInfo.InvariantCulture, out var offset)) return null;
        return zone[0] == '-' ? -offset.Ticks : offset.Ticks;
    }

    private static DateTimeOffset? AtTicks(decimal ticks) =>
        ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset((long)ticks, TimeSpan.Zero) : null;
}
