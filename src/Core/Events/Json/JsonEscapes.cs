using System.Buffers.Text;
using System.Text;

namespace Changeling.Events.Json;

/// <summary>Removes the escapes of a JSON text.</summary>
internal static class JsonEscapes
{
    private const int HexDigits = 4;

    /// <summary>The text that a valid JSON text means.</summary>
    /// <param name="written">The bytes between the quotes.</param>
    /// <exception cref="InvalidOperationException">It has a lone surrogate.</exception>
    public static byte[] Removed(ReadOnlySpan<byte> written)
    {
        var plain = new byte[written.Length];
        return plain[..Remove(written, plain)];
    }

    /// <summary>As the other method, into a place that is at least as long.</summary>
    /// <returns>Number of bytes.</returns>
    public static int Remove(ReadOnlySpan<byte> written, Span<byte> plain)
    {
        var length = 0;
        while (written.IndexOf((byte)'\\') is var escape and >= 0)
        {
            written[..escape].CopyTo(plain[length..]);
            length += escape;
            var unit = written[escape + 1];
            written = written[(escape + 2)..];
            if (unit == 'u') length += Unit(ref written, plain[length..]);
            else plain[length++] = Plain(unit);
        }

        written.CopyTo(plain[length..]);
        return length + written.Length;
    }

    private static byte Plain(byte unit) => unit switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => unit,
    };

    /// <summary>Writes the character of one escape, or of two that are a pair of surrogates.</summary>
    private static int Unit(ref ReadOnlySpan<byte> written, Span<byte> plain)
    {
        var first = Hex(written);
        written = written[HexDigits..];
        if (Rune.TryCreate(first, out var rune)) return rune.EncodeToUtf8(plain);
        if (!written.StartsWith("\\u"u8) || !Rune.TryCreate(first, Hex(written[2..]), out rune))
            throw new InvalidOperationException("The text has a lone surrogate.");
        written = written[(2 + HexDigits)..];
        return rune.EncodeToUtf8(plain);
    }

    private static char Hex(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits[..HexDigits], out ushort unit, out _, 'x') ? (char)unit : '\0';
}
