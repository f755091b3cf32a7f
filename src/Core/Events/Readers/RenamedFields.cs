using System.Buffers;
using System.Text.Json;
using Changeling.Events.Json;
using Changeling.Events.Peeling;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>Makes the flat object of an event's own fields, under Windows' names, where a sender renames or wraps them.</summary>
internal static class RenamedFields
{
    private const int MaxDepth = 64;

    /// <summary>What <paramref name="write"/> writes into one object, to be disposed of. It is JSON, so that it can be a record.</summary>
    public static JsonRows Record(Action<Utf8JsonWriter> write)
    {
        var json = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(json);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        return JsonText.TryParse(json.WrittenMemory, MaxDepth)!;
    }

    /// <summary>The texts, numbers and Booleans of <paramref name="source"/> under new names, to be disposed of.</summary>
    /// <param name="source">An object; anything else gives no fields.</param>
    /// <param name="rename">The new name; <see langword="null"/> leaves the property out.</param>
    public static JsonRows Of(JsonValue source, Func<string, string?> rename) => JsonMaker.Object(json => Add(json, source, rename));

    /// <summary>Adds the scalars of an object under new names.</summary>
    public static void Add(JsonMaker json, JsonValue source, Func<string, string?> rename)
    {
        if (source.ValueKind != JsonValueKind.Object) return;
        foreach (var property in source.Children)
        {
            if (rename(property.Name) is { } name) Add(json, name, property.Value);
        }
    }

    /// <summary>Adds a list of <c>{"Name": "value"}</c>, the form in which some senders keep the order of the fields.</summary>
    public static void AddList(JsonMaker json, JsonValue list)
    {
        foreach (var entry in list.Children) Add(json, entry.Value, name => name);
    }

    /// <summary>Adds one property, unless its value is an object or array without a scalar in it.</summary>
    public static void Add(JsonMaker json, string name, JsonValue value)
    {
        if (Scalar.IsScalar(value)) json.Add(name, value);
    }
}
