using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Changeling.Events.Json;

namespace Changeling.Events.Values;

/// <summary>
/// Whole numbers as sources write them: a number, a decimal text, <c>0x</c> and hexadecimal digits, or a double such as
/// <c>4688.000000</c>.
/// </summary>
internal static class WholeNumbers
{
    /// <summary>The number, or <see langword="null"/> when the value is none of 32 bits.</summary>
    public static uint? Of(JsonValue value)
    {
        var scalar = Scalar.Of(value);
        return scalar.ValueKind is JsonValueKind.Number or JsonValueKind.String
            && Utf8Parser.TryParse(scalar.Written, out uint number, out var read)
            && read == scalar.Written.Length
            && char.IsAsciiDigit((char)scalar.Written[0])
                ? number
                : Of(Scalar.Text(value));
    }

    /// <summary>The number, or <see langword="null"/> when the text is none of 32 bits.</summary>
    public static uint? Of(string? text)
    {
        var span = text.AsSpan().Trim(" \t\r\n\0");
        var isHex = span.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (uint.TryParse(isHex ? span[2..] : span, style, CultureInfo.InvariantCulture, out var number)) return number;

        return !isHex
            && span.Contains('.')
            && decimal.TryParse(span, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && decimal.Truncate(value) == value
            && value <= uint.MaxValue
                ? (uint)value
                : null;
    }
}
