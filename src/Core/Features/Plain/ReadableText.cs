using System.Text;

namespace Changeling.Features;

/// <summary>Tells text from other bytes that an encoding gave back.</summary>
internal static class ReadableText
{
    private const int MinLength = 4;
    private const double MinPrintable = 0.9;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    /// <summary>
    /// Bytes as UTF-16, as UTF-8 or as single characters, whichever can be read; <see langword="null"/> when none can.
    /// </summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="minLength">Minimum length of the text, in UTF-16 units.</param>
    public static string? Of(ReadOnlySpan<byte> bytes, int minLength = MinLength) =>
        OfUtf16(bytes, minLength)
        ?? Readable(Utf8.GetString(bytes), minLength, letters: true)
        ?? Readable(Encoding.Latin1.GetString(bytes), minLength, letters: false);

    /// <summary>Bytes as UTF-16; <see langword="null"/> when that is no text.</summary>
    public static string? OfUtf16(ReadOnlySpan<byte> bytes, int minLength) =>
        Readable(Encoding.Unicode.GetString(bytes[..(bytes.Length & ~1)]), minLength, letters: false);

    /// <param name="text">The text.</param>
    /// <param name="minLength">Its minimum length.</param>
    /// <param name="letters">
    /// Whether letters outside ASCII count. Random bytes are hardly ever valid UTF-8, but nearly always letters in UTF-16.
    /// </param>
    private static string? Readable(string text, int minLength, bool letters)
    {
        if (text.Length < minLength) return null;
        var printable = 0;
        foreach (var c in text)
        {
            if (c is (>= ' ' and <= '~') or '\r' or '\n' or '\t' || (letters && c != '\ufffd' && char.IsLetter(c))) printable++;
        }

        return printable >= text.Length * MinPrintable ? text : null;
    }
}
