using System.Text.Json;
using Changeling.Events.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Attributes of XML in JSON. Converters differ in how they write one: in an object under <c>#attributes</c>, <c>@</c>, <c>_</c> or
/// <c>$</c>, with one of these before its name, plainly, or in an object beside the element (<c>Provider_attributes</c>).
/// </summary>
internal static class XmlAttributes
{
    private const int LongestName = 256;

    private static readonly byte[][] Markers =
    [
        [.. "#attributes"u8], [.. "_attributes"u8], [.. "@attributes"u8], [.. "@"u8], [.. "_"u8], [.. "$"u8], [.. "-"u8],
    ];

    private static readonly byte[][] Separators = [[.. "."u8], [.. ".#attributes."u8], [.. ".@"u8]];

    /// <summary>The attribute of an element; undefined when there is none.</summary>
    public static JsonValue Of(JsonValue element, ReadOnlySpan<byte> name)
    {
        if (element.ValueKind != JsonValueKind.Object) return default;
        if (!MayBeMarked(element)) return element.Get(name);

        Span<byte> marked = stackalloc byte[LongestName];
        foreach (var marker in Markers)
        {
            if (element.Get(marker).TryGet(name, out var inObject)) return inObject;
            if (element.TryGet(Joined(marked, marker, name), out var prefixed)) return prefixed;
        }

        return element.Get(name);
    }

    /// <summary>
    /// The attribute of the element <paramref name="element"/> of <paramref name="parent"/>, or the element's own text where a converter
    /// writes nothing else of it.
    /// </summary>
    public static JsonValue Of(JsonValue parent, ReadOnlySpan<byte> element, ReadOnlySpan<byte> name)
    {
        var at = parent.Field(element);
        if (Of(at, name) is { ValueKind: not JsonValueKind.Undefined } attribute) return attribute;
        if (Of(parent.Field(element, "_attributes"u8), name) is { ValueKind: not JsonValueKind.Undefined } beside) return beside;

        Span<byte> behind = stackalloc byte[LongestName];
        foreach (var separator in Separators)
        {
            if (parent.Field(element, Joined(behind, separator, name)) is { ValueKind: not JsonValueKind.Undefined } dotted) return dotted;
        }

        return Scalar.Of(at).ValueKind is JsonValueKind.String or JsonValueKind.Number ? at : default;
    }

    /// <summary>Whether a name of the element begins like one of the markers, or with an escape.</summary>
    private static bool MayBeMarked(JsonValue element)
    {
        foreach (var property in element.Children)
        {
            if (property.WrittenName is [(byte)'#' or (byte)'_' or (byte)'@' or (byte)'$' or (byte)'-' or (byte)'\\', ..]) return true;
        }

        return false;
    }

    private static ReadOnlySpan<byte> Joined(Span<byte> place, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        first.CopyTo(place);
        second.CopyTo(place[first.Length..]);
        return place[..(first.Length + second.Length)];
    }
}
