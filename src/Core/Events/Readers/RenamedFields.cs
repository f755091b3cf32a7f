using System.Buffers;
using System.Text.Json;

namespace Changeling.Events.Readers;

/// <summary>Makes the flat object of an event's own fields, under Windows' names, where a sender renames or wraps them.</summary>
internal static class RenamedFields
{
    /// <summary>What <paramref name="write"/> writes into one object, to be disposed of.</summary>
    public static JsonDocument Made(Action<Utf8JsonWriter> write)
    {
        var json = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(json);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        return JsonDocument.Parse(json.WrittenMemory);
    }

    /// <summary>The texts, numbers and Booleans of <paramref name="source"/> under new names, to be disposed of.</summary>
    /// <param name="source">An object; anything else gives no fields.</param>
    /// <param name="rename">The new name; <see langword="null"/> leaves the property out.</param>
    public static JsonDocument Of(JsonElement source, Func<string, string?> rename) => Made(json => Write(json, source, rename));

    /// <summary>Writes the scalars of an object under new names.</summary>
    public static void Write(Utf8JsonWriter json, JsonElement source, Func<string, string?> rename)
    {
        if (source.ValueKind != JsonValueKind.Object) return;
        foreach (var property in source.EnumerateObject())
        {
            if (rename(property.Name) is { } name) Write(json, name, property.Value);
        }
    }

    /// <summary>Writes a list of <c>{"Name": "value"}</c>, the form in which some senders keep the order of the fields.</summary>
    public static void WriteList(Utf8JsonWriter json, JsonElement list)
    {
        foreach (var entry in list.EnumerateArray()) Write(json, entry, name => name);
    }

    /// <summary>Writes one property, unless its value is an object or array.</summary>
    public static void Write(Utf8JsonWriter json, string name, JsonElement value)
    {
        if (value.AsText() is null) return;
        json.WritePropertyName(name);
        value.WriteTo(json);
    }
}
