using System.Text.Json;

namespace Changeling.Events.Values;

/// <summary>
/// Times as sources write them: ISO 8601 with a zone, a blank instead of the <c>T</c>, no zone (then UTC), slashes, epoch numbers and
/// ticks. Strict on purpose: the framework's lenient parser fills what is missing from today's date.
/// </summary>
internal static class EventTimes
{
    /// <summary>Objects in which converters and databases wrap a time.</summary>
    private static readonly string[] Wrappings = ["SystemTime", "@SystemTime", "DateTime", "$date", "$numberLong"];

    /// <summary>Where a time stands in a record of any sender, the host's before the collector's.</summary>
    private static readonly string[] Names =
        ["TimeCreated", "TimeGenerated", "Timestamp", "EventTime", "@timestamp", "timestamp", "time", "EventReceivedTime"];

    /// <summary>The instant in UTC, or <see langword="null"/>.</summary>
    public static DateTimeOffset? Of(JsonElement value)
    {
        if (Of(Scalar.Text(value)) is { } time) return time;
        if (value.ValueKind != JsonValueKind.Object) return null;
        foreach (var name in Wrappings)
        {
            if (value.TryGetProperty(name, out var wrapped) && Of(wrapped) is { } inside) return inside;
        }

        return null;
    }

    /// <summary>The instant in UTC, or <see langword="null"/>.</summary>
    public static DateTimeOffset? Of(string? text)
    {
        var span = text.AsSpan().Trim(" \t\r\n\0\"");
        if (span.Length > 10 && span[4] is '-' or '/' && IsoTimes.Of(span) is { } iso) return iso;
        return EpochTimes.Of(span) ?? WrittenTimes.Of(span);
    }

    /// <summary>The time of a record whose own place for it is empty.</summary>
    public static DateTimeOffset? AnyOf(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object) return null;
        foreach (var name in Names)
        {
            if (record.TryGetProperty(name, out var value) && Of(value) is { } time) return time;
        }

        return null;
    }

    /// <summary>The first of the values that is a time; undefined when none is.</summary>
    public static JsonElement First(params ReadOnlySpan<JsonElement> values)
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
