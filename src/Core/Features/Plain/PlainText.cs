using System.Text;

namespace Changeling.Features;

/// <summary>
/// The plain form of a text: lower case without escapes and quotes, switches with <c>-</c>, one blank between words. What has several
/// spellings gets one: <c>https</c> reads as <c>http</c>, every drive as <c>c:</c>, <c>/</c> in its paths as <c>\</c>.
/// </summary>
internal static class PlainText
{
    /// <summary>The plain form.</summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        var (inPath, inQuotedPath) = (false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"') inQuotedPath = false;
            if (c is '"' or '^' or '`') continue;
            if (char.IsWhiteSpace(c)) c = ' ';
            var atStart = plain.Length == 0 || plain[^1] == ' ';
            if (c == ' ' && atStart) continue;

            if (c == '/' && atStart) inPath = inQuotedPath = false;
            inPath = inQuotedPath || (inPath && c is not (' ' or '\'' or ',' or ';' or '|' or '<' or '>'));
            if (inPath && (c is '/' or '\\'))
            {
                if (plain[^1] != '\\') plain.Append('\\');
                continue;
            }

            if (IsDash(c) || (c == '/' && atStart && IsSwitch(text, i))) c = '-';
            plain.Append(char.ToLowerInvariant(c));
            if (c == ':' && i + 1 < text.Length && text[i + 1] is '\\' or '/')
            {
                inPath = FoldsDrive(plain);
                inQuotedPath = inPath && i > 1 && text[i - 2] == '"';
            }

            if (c == '/' && plain.Length > 7 && EndsWith(plain, "https://")) plain.Remove(plain.Length - 4, 1);
        }

        return WithoutShortNames(plain.ToString());
    }

    /// <summary>Typographic dashes, which PowerShell takes for a hyphen.</summary>
    public static bool IsDash(char c) => c is '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2015' or '\u2212';

    /// <summary>A slash begins a switch unless another slash follows in the same token: then it is a path or URL.</summary>
    private static bool IsSwitch(string text, int i)
    {
        for (var j = i + 1; j < text.Length && !char.IsWhiteSpace(text[j]); j++)
        {
            if (text[j] is ':' or '"') break;
            if (text[j] == '/') return false;
        }

        return true;
    }

    /// <summary>Makes the drive that the text ends with <c>c:</c>.</summary>
    private static bool FoldsDrive(StringBuilder plain)
    {
        if (plain.Length < 2 || !char.IsAsciiLetterLower(plain[^2])) return false;
        if (plain.Length > 2 && (char.IsLetterOrDigit(plain[^3]) || plain[^3] is '-' or '_' or '$' or '.')) return false;
        if (plain.Length > 2 && plain[^3] == '/' && !(plain.Length > 3 && plain[^4] == '/')) return false;
        plain[^2] = 'c';
        return true;
    }

    private static bool EndsWith(StringBuilder text, string end)
    {
        if (text.Length < end.Length) return false;
        for (var i = 0; i < end.Length; i++) if (text[text.Length - end.Length + i] != end[i]) return false;
        return true;
    }

    /// <summary>The short names that every machine gives to the folders of programs.</summary>
    private static string WithoutShortNames(string text) => text.Contains("progra~", StringComparison.Ordinal)
        ? text.Replace(@"\progra~1", @"\program files", StringComparison.Ordinal)
            .Replace(@"\progra~2", @"\program files (x86)", StringComparison.Ordinal)
            .Replace(@"\progra~3", @"\programdata", StringComparison.Ordinal)
        : text;
}
