using System.Text;

namespace Changeling.Features;

/// <summary>
/// Decodes letters and digits that a URL writes as <c>%70</c>, which no honest one does, and scripts as <c>\x70</c>, several in a row.
/// </summary>
internal static class PercentText
{
    private const int MinLetters = 3;

    /// <summary>The text decoded; the text itself where fewer than three letters or digits are written so.</summary>
    public static string Decode(string text, ref int disguises)
    {
        if (!Holds(text)) return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var (length, c) = At(text.AsSpan(i));
            plain.Append(length > 0 ? c : text[i]);
            i += Math.Max(length, 1);
        }

        disguises++;
        return plain.ToString();
    }

    private static bool Holds(string text)
    {
        var letters = 0;
        for (var i = 0; text.AsSpan(i).IndexOfAny('%', '\\') is >= 0 and var next;)
        {
            i += next;
            var (length, c) = At(text.AsSpan(i));
            if (length > 0 && char.IsAsciiLetterOrDigit(c) && ++letters == MinLetters) return true;
            if (length == 0 && text[i] == '\\') letters = 0;
            i += Math.Max(length, 1);
        }

        return false;
    }

    private static (int Length, char Character) At(ReadOnlySpan<char> text)
    {
        var start = text is ['%', ..] ? 1 : text is ['\\', 'x', ..] ? 2 : text is ['\\', 'u', '0', '0', ..] ? 4 : 0;
        if (start == 0 || text.Length < start + 2) return default;
        if (!char.IsAsciiHexDigit(text[start]) || !char.IsAsciiHexDigit(text[start + 1])) return default;
        var c = (char)Convert.FromHexString(text.Slice(start, 2))[0];
        return c is >= ' ' and <= '~' ? (start + 2, c) : default;
    }
}
