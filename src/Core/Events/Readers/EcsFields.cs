using System.Text.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>Fields of an ECS document: <c>process.parent.name</c> may be nested, one dotted key, or half of each.</summary>
internal static class EcsFields
{
    /// <summary>
    /// The value under a dotted name; undefined when there is none. A search can return each value in a list of one, which is the value.
    /// </summary>
    public static JsonElement Field(this JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Object) return default;
        if (value.TryGetProperty(name, out var whole)) return Single(whole);

        for (var dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = name.IndexOf('.', dot + 1))
        {
            if (!value.TryGetProperty(name.AsSpan(0, dot), out var outer)) continue;
            var inner = outer.Field(name[(dot + 1)..]);
            if (inner.ValueKind != JsonValueKind.Undefined) return inner;
        }

        return default;
    }

    private static JsonElement Single(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1 ? value[0] : value;

    public static string? FieldText(this JsonElement value, string name) => KnownText.Of(value.Field(name).AsText());

    /// <summary>The texts of a field that may be one text or an array of them.</summary>
    public static IReadOnlyList<string> FieldTexts(this JsonElement value, string name)
    {
        var field = value.Field(name);
        if (field.ValueKind != JsonValueKind.Array) return field.AsText() is { } text ? [text.TrimEnd('\0')] : [];
        return [.. field.EnumerateArray().Select(JsonFields.AsText).OfType<string>().Select(text => text.TrimEnd('\0'))];
    }

    /// <summary>The arguments of a process as one line; <see langword="null"/> when there are none.</summary>
    public static string? Arguments(this JsonElement value, string process) =>
        KnownText.OfCommandLine(string.Join(' ', value.FieldTexts(process + "args")));
}
