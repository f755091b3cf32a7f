using System.Buffers;
using System.Text;
using System.Text.Json;
using Changeling.Events.Json;

namespace Changeling.Events.Values;

/// <summary>
/// Times as sources write them: ISO 8601 with a zone, a blank instead of the <c>T</c>, no zone (then UTC), slashes, epoch numbers and
/// ticks. Strict on purpose: the framework's lenient parser fills what is missing from today's date.
/// </summary>
internal static class EventTimes
{
    private const int LongestOnStack = 64;

    /// <summary>Objects in which converters and databases wrap a time.</summary>
    private static readonly byte[][] Wrappings =
        [[.. "SystemTime"u8], [.. "@SystemTime"u8], [.. "DateTime"u8], [.. "$date"u8], [.. "$numberLong"u8]];

    /// <summary>Where a time stands in a record of any sender, the host's before the collector's.</summary>
    private static readonly byte[][] Names =
    [
        [.. "TimeCreated"u8], [.. "TimeGenerated"u8], [.. "Timestamp"u8], [.. "EventTime"u8], [.. "@timestamp"u8], [.. "timestamp"u8],
        [.. "time"u8], [.. "EventReceivedTime"u8],
    ];

    /// <summary>The instant in UTC, or <see langword="null"/>.</summary>
    public static DateTimeOffset? Of(JsonValue value)
    {
        if (OfScalar(Scalar.Of(value)) is { } time) return time;
        if (value.ValueKind != JsonValueKind.Object) return null;
        foreach (var name in Wrappings)
        {
            if (value.TryGet(name, out var wrapped) && Of(wrapped) is { } inside) return inside;
        }

        return null;
    }

    /// <summary>The instant in UTC, or <see langword="null"/>.</summary>
    public static DateTimeOffset? Of(string? text) => Of(text.AsSpan());

    /// <summary>A text without escapes needs no string.</summary>
    private static DateTimeOffset? OfScalar(JsonValue scalar)
    {
        Span<char> units = stackalloc char[LongestOnStack];
        return scalar is { ValueKind: JsonValueKind.String, IsEscaped: false, Written.Length: <= LongestOnStack }
            && Ascii.ToUtf16(scalar.Written, units, out var length) == OperationStatus.Done
                ? Of(units[..length])
                : Of(Scalar.Text(scalar));
    }

    private static DateTimeOffset? Of(ReadOnlySpan<char> text)
    {
        var span = text.Trim(" \t\r\n\0\"");
        if (span.IsEmpty) return null;
        if (span.Length > 10 && span[4] is '-' or '/' && IsoTimes.Of(span) is { } iso) return iso;
        return EpochTimes.Of(span) ?? WrittenTimes.Of(span);
    }

    /// <summary>The time of a record whose own place for it is empty.</summary>
    public static DateTimeOffset? AnyOf(JsonValue record)
    {
        if (record.ValueKind != JsonValueKind.Object) return null;
        foreach (var name in Names)
        {
            if (record.TryGet(name, out var value) && Of(value) is { } time) return time;
        }

        return null;
    }

    /// <summary>The first of the values that is a time; undefined when none is.</summary>
    public static JsonValue First(params ReadOnlySpan<JsonValue> values)
    {
        foreach (var value in values)
        {
            if (Of(value) is not null) return value;
        }

        return default;
    }

    /// <summary>The instant so many ticks after the year 1; <see langword="null"/> outside the calendar.</summary>
    internal static DateTimeOffset? AtTicks(decimal ticks) =>
        ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset((long)ticks, TimeSpan.Zero) : null;
}
