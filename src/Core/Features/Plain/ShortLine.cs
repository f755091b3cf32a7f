using System.Buffers;

namespace Changeling.Features;

/// <summary>
/// Bounds a command line. Of a longer one, long runs of blanks or of one character are shortened first, then beginning and end are kept:
/// padding before or behind a command does not hide it.
/// </summary>
internal static class ShortLine
{
    /// <summary>UTF-16 units that are kept of the beginning.</summary>
    public const int Head = 6144;

    /// <summary>UTF-16 units that are kept of the end, and at most seven more.</summary>
    public const int Tail = CommandLineText.MaxLength - Head - 8;

    /// <summary>Units at the beginning and at the end in which runs are shortened; Windows allows 32,767 in all.</summary>
    private const int Read = 32768;

    private const int MaxRun = 64;

    /// <summary>At most <see cref="CommandLineText.MaxLength"/> units, without blanks at both ends.</summary>
    public static string Of(string text)
    {
        if (text.Length <= CommandLineText.MaxLength) return text.Trim();
        var buffer = ArrayPool<char>.Shared.Rent(2 * Read);
        try
        {
            var length = text.Length <= 2 * Read
                ? Shorten(text, buffer)
                : Join(buffer, Shorten(text.AsSpan(0, Read), buffer), text.AsSpan(text.Length - Read));
            return Cut(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static int Join(char[] buffer, int length, ReadOnlySpan<char> end) => length + Shorten(end, buffer.AsSpan(length));

    private static int Shorten(ReadOnlySpan<char> text, Span<char> result)
    {
        var (length, run, before) = (0, 0, '\0');
        foreach (var c in text)
        {
            run = c == before || (char.IsWhiteSpace(c) && char.IsWhiteSpace(before)) ? run + 1 : 1;
            before = c;
            if (run <= (char.IsWhiteSpace(c) ? 1 : MaxRun)) result[length++] = c;
        }

        return length;
    }

    /// <summary>
    /// What is left out has a length that eight divides. So a run of base64 of UTF-16 that is cut still decodes on both sides.
    /// </summary>
    private static string Cut(ReadOnlySpan<char> text)
    {
        if (text.Length <= CommandLineText.MaxLength) return text.Trim().ToString();
        var left = text.Length - Head - Tail;
        return string.Concat(text[..Head].TrimStart(), text[(Head + left - (left % 8))..].TrimEnd());
    }
}
