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
        if (text.Length == 0) return "";
        var plain = new TextBuffer(stackalloc char[512]);
        Write(text, ref plain);
        var result = plain.Text.ToString();
        plain.Dispose();
        return result;
    }

    /// <summary>Writes the plain form.</summary>
    /// <param name="text">The text.</param>
    /// <param name="plain">Receives it; empty before.</param>
    public static void Write(ReadOnlySpan<char> text, ref TextBuffer plain)
    {
        // Nothing becomes longer, so that all fits.
        var to = plain.Room(text.Length);
        var (length, inPath, inQuotedPath) = (0, false, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiLetterOrDigit(c))
            {
                to[length++] = char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
                continue;
            }

            if (c == '"') inQuotedPath = false;
            if (c is '"' or '^' or '`') continue;
            if (char.IsWhiteSpace(c)) c = ' ';
            var atStart = length == 0 || to[length - 1] == ' ';
            if (c == ' ' && atStart) continue;

            if (c == '/' && atStart) inPath = inQuotedPath = false;
            inPath = inQuotedPath || (inPath && c is not (' ' or '\'' or ',' or ';' or '|' or '<' or '>'));
            if (inPath && (c is '/' or '\\'))
            {
                if (to[length - 1] != '\\') to[length++] = '\\';
                continue;
            }

            if (IsDash(c) || (c == '/' && atStart && IsSwitch(text, i))) c = '-';
            to[length++] = char.ToLowerInvariant(c);
            if (c == ':' && i + 1 < text.Length && text[i + 1] is '\\' or '/')
            {
                inPath = FoldsDrive(to[..length]);
                inQuotedPath = inPath && i > 1 && text[i - 2] == '"';
            }

            if (c == '/' && to[..length].EndsWith("https://"))
            {
                "://".CopyTo(to[(length - 4)..]);
                length--;
            }
        }

        plain.Set(length);
        WithoutShortNames(ref plain);
    }

    /// <summary>Typographic dashes, which PowerShell takes for a hyphen.</summary>
    public static bool IsDash(char c) => c is '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2015' or '\u2212';

    /// <summary>A slash begins a switch unless another slash follows in the same token: then it is a path or URL.</summary>
    private static bool IsSwitch(ReadOnlySpan<char> text, int i)
    {
        for (var j = i + 1; j < text.Length && !char.IsWhiteSpace(text[j]); j++)
        {
            if (text[j] is ':' or '"') break;
            if (text[j] == '/') return false;
        }

        return true;
    }

    /// <summary>Makes the drive that the text ends with <c>c:</c>.</summary>
    private static bool FoldsDrive(Span<char> text)
    {
        if (text.Length < 2 || !char.IsAsciiLetterLower(text[^2])) return false;
        if (text.Length > 2 && (char.IsLetterOrDigit(text[^3]) || text[^3] is '-' or '_' or '$' or '.')) return false;
        if (text.Length > 2 && text[^3] == '/' && !(text.Length > 3 && text[^4] == '/')) return false;
        text[^2] = 'c';
        return true;
    }

    /// <summary>The short names that every machine gives to the folders of programs.</summary>
    private static void WithoutShortNames(ref TextBuffer plain)
    {
        if (!plain.Text.Contains("progra~", StringComparison.Ordinal)) return;
        var text = plain.Text.ToString()
            .Replace(@"\progra~1", @"\program files", StringComparison.Ordinal)
            .Replace(@"\progra~2", @"\program files (x86)", StringComparison.Ordinal)
            .Replace(@"\progra~3", @"\programdata", StringComparison.Ordinal);
        plain.Set(0);
        plain.Append(text);
    }
}
