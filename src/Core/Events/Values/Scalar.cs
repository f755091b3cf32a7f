using System.Globalization;
using System.Text.Json;
using Changeling.Events.Json;

namespace Changeling.Events.Values;

/// <summary>
/// One value, however its sender wraps it: plain, or in an object beside attributes (<c>{"#text": 4688}</c>), as converters of XML, of
/// .NET objects and of typed values write it.
/// </summary>
internal static class Scalar
{
    private static readonly byte[][] Contents =
    [
        [.. "#text"u8], [.. "Value"u8], [.. "value"u8], [.. "_text"u8], [.. "$t"u8], [.. "__text"u8], [.. "_value"u8], [.. "_"u8],
        [.. "$"u8], [.. "@"u8],
    ];

    /// <summary>The value inside its wrapping; an array, or an object without a value, is not changed.</summary>
    public static JsonValue Of(JsonValue value)
    {
        if (value.ValueKind != JsonValueKind.Object) return value;
        foreach (var name in Contents)
        {
            if (value.TryGet(name, out var content) && content.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
                return content;
        }

        return value;
    }

    /// <summary>
    /// A text, or a Boolean or number as it is written, whole numbers without their fraction: a script in between can turn each number into
    /// a double. <see langword="null"/> for anything else.
    /// </summary>
    public static string? Text(JsonValue value)
    {
        var scalar = Of(value);
        return scalar.ValueKind switch
        {
            JsonValueKind.String => scalar.GetString(),
            JsonValueKind.Number => Number(scalar),
            JsonValueKind.True or JsonValueKind.False => scalar.GetRawText(),
            _ => null,
        };
    }

    /// <summary>Whether it is a text, a number or a Boolean.</summary>
    public static bool IsScalar(JsonValue value) =>
        Of(value).ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;

    private static string Number(JsonValue number)
    {
        var raw = number.GetRawText();
        return raw.AsSpan().ContainsAny('.', 'e', 'E') && number.TryGetDecimal(out var value) && decimal.Truncate(value) == value
            ? value.ToString("0", CultureInfo.InvariantCulture)
            : raw;
    }
}
