using System.Text;
using System.Text.RegularExpressions;

namespace Changeling.Features;

/// <summary>
/// One form for the words of a command in which every way to pass arguments reads alike: lower case, no quotes, commas as blanks, switches
/// with <c>-</c>. Unlike <see cref="PlainText"/> it keeps drives apart.
/// </summary>
internal static partial class CommandWords
{
    /// <summary>The form, with a blank at both ends.</summary>
    /// <param name="text">A command or its arguments.</param>
    public static string Of(string text)
    {
        var words = new StringBuilder(text.Length + 2).Append(' ');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '`' or '"' or '\'') continue;
            if (char.IsWhiteSpace(c) || c == ',') c = ' ';
            else if (PlainText.IsDash(c)) c = '-';
            var atStart = words[^1] == ' ';
            if (c == ' ' && atStart) continue;
            if (c == '/' && atStart && i + 1 < text.Length && text[i + 1] != '/') c = '-';
            words.Append(char.ToLowerInvariant(c));
        }

        if (words[^1] != ' ') words.Append(' ');
        return Ordinal().Replace(words.ToString(), OrdinalWord);
    }

    /// <summary>A function of a DLL by its number: rundll32 reads any integer, and Windows uses its lowest 16 bits.</summary>
    [GeneratedRegex(@"#(?<hex>[+-]?0x[0-9a-f]{1,16})\b|#(?<number>[+-]?[0-9]{1,18})\b", RegexOptions.CultureInvariant)]
    private static partial Regex Ordinal();

    private static string OrdinalWord(Match match)
    {
        var isHex = match.Groups["hex"].Success;
        var digits = isHex ? match.Groups["hex"].ValueSpan : match.Groups["number"].ValueSpan;
        var isNegative = digits[0] == '-';
        digits = digits.TrimStart("+-");
        var number = isHex
            ? ulong.Parse(digits[2..], System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture)
            : ulong.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        var value = (ushort)(isNegative ? 0 - number : number);
        return $"#{value}";
    }
}
