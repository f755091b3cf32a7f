using System.Globalization;
using System.Text.Json;

namespace Changeling.Events.Values;

/// <summary>
/// One value, however its sender wraps it: plain, or in an object beside attributes (<c>{"#text": 4688}</c>), as converters of XML, of
/// .NET objects and of typed values write it.
/// </summary>
internal static class Scalar
{
    private static readonly string[] Contents = ["#text", "Value", "value", "_text", "$t", "__text", "_value", "_", "$", "@"];

    /// <summary>The value inside its wrapping; an array, or an object without a value, is not changed.</summary>
    public static JsonElement Of(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) return value;
        foreach (var name in Contents)
        {
            if (value.TryGetProperty(name, out var content) && content.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
                return content;
        }

        return value;
    }

    /// <summary>
    /// A text, or a Boolean or number as it is written, whole numbers without their fraction: a script in between can turn each number into
    /// a double. <see langword="null"/> for anything else.
    /// </summary>
    public static string? Text(JsonElement value)
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

    private static string Number(JsonElement number)
    {
        var raw = number.GetRawText();
        return raw.AsSpan().ContainsAny('.', 'e', 'E') && number.TryGetDecimal(out var value) && decimal.Truncate(value) == value
            ? value.ToString("0", CultureInfo.InvariantCulture)
            : raw;
    }
}
