using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// The fields of one process creation by the names that Windows gives them, looked up at every place: the event's own values, dotted keys
/// of the record, and the copies that shippers make.
/// </summary>
/// <param name="values">The event's own values.</param>
/// <param name="record">The whole record.</param>
/// <param name="prefix">What stands before the name in a dotted key, with its last dot; empty where the carrier has no such keys.</param>
/// <param name="copies">One of <see cref="CopiedNames"/>.</param>
internal readonly struct EventFields(
    EventValues values, JsonValue record, byte[] prefix, CopiedNames copies)
{
    /// <summary>The first known text.</summary>
    public string? Text(ReadOnlySpan<byte> name) => First(name, static value => KnownText.Of(value.AsText()));

    /// <summary>The first known value; undefined when there is none.</summary>
    public JsonValue Known(ReadOnlySpan<byte> name) =>
        First<JsonValue?>(name, static value => KnownText.IsKnown(value) ? value : null) ?? default;

    /// <summary>The first known command line, unchanged; else the arguments that stand under <paramref name="process"/>.</summary>
    public string? CommandLine(ReadOnlySpan<byte> name, ReadOnlySpan<byte> process) =>
        First(name, static value => KnownText.OfCommandLine(value.AsText())) ?? record.Arguments(process);

    /// <summary>The first process id.</summary>
    public uint? ProcessId(ReadOnlySpan<byte> name) => First(name, static value => ProcessIds.Of(value));

    /// <summary>The first time.</summary>
    public DateTimeOffset? Time(ReadOnlySpan<byte> name) => First(name, static value => EventTimes.Of(value));

    /// <summary>A field that only the copy has.</summary>
    public string? Copy(ReadOnlySpan<byte> path) => record.FieldText(path);

    private T? First<T>(ReadOnlySpan<byte> name, Func<JsonValue, T?> read)
    {
        for (var place = 0; place < values.Places; place++)
        {
            if (read(values.At(place, name)) is { } found) return found;
        }

        if (prefix.Length > 0 && read(record.Field(prefix, name)) is { } dotted) return dotted;
        foreach (var path in copies.Of(name))
        {
            if (read(record.Field(path)) is { } copy) return copy;
        }

        return default;
    }
}
