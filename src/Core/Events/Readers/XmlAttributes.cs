using System.Text.Json;
using Changeling.Events.Values;

namespace Changeling.Events.Readers;

/// <summary>
/// Attributes of XML in JSON. Converters differ in how they write one: in an object under <c>#attributes</c>, <c>@</c>, <c>_</c> or
/// <c>$</c>, with one of these before its name, plainly, or in an object beside the element (<c>Provider_attributes</c>).
/// </summary>
internal static class XmlAttributes
{
    private static readonly string[] Markers = ["#attributes", "_attributes", "@attributes", "@", "_", "$", "-"];

    /// <summary>The attribute of an element; undefined when there is none.</summary>
    public static JsonElement Of(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object) return default;
        foreach (var marker in Markers)
        {
            if (element.TryGetProperty(marker, out var attributes)
                && attributes.ValueKind == JsonValueKind.Object
                && attributes.TryGetProperty(name, out var inObject)) return inObject;
            if (element.TryGetProperty(marker + name, out var prefixed)) return prefixed;
        }

        return element.TryGetProperty(name, out var plain) ? plain : default;
    }

    /// <summary>
    /// The attribute of the element <paramref name="element"/> of <paramref name="parent"/>, or the element's own text where a converter
    /// writes nothing else of it.
    /// </summary>
    public static JsonElement Of(JsonElement parent, string element, string name)
    {
        var at = parent.Field(element);
        if (Of(at, name) is { ValueKind: not JsonValueKind.Undefined } attribute) return attribute;
        if (Of(parent.Field(element + "_attributes"), name) is { ValueKind: not JsonValueKind.Undefined } beside) return beside;
        foreach (var marker in (ReadOnlySpan<string>)["", "#attributes.", "@"])
        {
            if (parent.Field($"{element}.{marker}{name}") is { ValueKind: not JsonValueKind.Undefined } dotted) return dotted;
        }

        return Scalar.Of(at).ValueKind is JsonValueKind.String or JsonValueKind.Number ? at : default;
    }
}
