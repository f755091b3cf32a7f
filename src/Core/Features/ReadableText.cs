using System.Text;

namespace Changeling.Features;

/// <summary>Tells text from other bytes that an encoding gave back.</summary>
internal static class ReadableText
{
    private const int MinLength = 4;
    private const double MinPrintable = 0.9;

    /// <summary>Bytes as UTF-16 or as single characters, whichever can be read; <see langword="null"/> when neither can.</summary>
    public static string? Of(ReadOnlySpan<byte> bytes) =>
        Readable(Encoding.Unicode.GetString(bytes)) ?? Readable(Encoding.Latin1.GetString(bytes));

    private static string? Readable(string text)
    {
        if (text.Length < MinLength) return null;
        var printable = 0;
        foreach (var c in text) if (c is >= ' ' and <= '~' or '\r' or '\n' or '\t') printable++;
        return printable >= text.Length * MinPrintable ? text : null;
    }
}
