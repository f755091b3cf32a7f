using System.Text;

namespace Changeling.Features;

/// <summary>
/// The parts of a command line: the program as written, its arguments as received, and the arguments in plain form. Plain form is lower
/// case without escapes and quotes, with switches written with <c>-</c>, followed by text decoded from base64 and hexadecimal.
/// </summary>
/// <param name="Image">The first token: the program as written.</param>
/// <param name="Arguments">What follows, as received.</param>
/// <param name="Effective">The arguments in plain form plus decoded base64 and hexadecimal, with a blank at both ends.</param>
/// <param name="LongestBase64">Length of the longest run of base64, in characters; 0 without one.</param>
/// <param name="HidesText">Whether a run of base64 holds readable text.</param>
internal sealed record CommandLineText(string Image, string Arguments, string Effective, int LongestBase64, bool HidesText)
{
    /// <summary>Maximum length of a command line that is used; the rest is ignored.</summary>
    /// <value>8,192 UTF-16 units: <c>cmd.exe</c>'s own limit is 8,191.</value>
    public const int MaxLength = 8192;

    /// <summary>Splits a command line.</summary>
    /// <param name="commandLine">As received.</param>
    /// <param name="path">
    /// The child's path, in lower case. It is recognised at the beginning even if it contains blanks without quotes.
    /// </param>
    /// <param name="name">The child's file name, lower case.</param>
    public static CommandLineText Of(string commandLine, string path, string name)
    {
        var text = (commandLine.Length > MaxLength ? commandLine[..MaxLength] : commandLine).Trim();
        if (text.StartsWith(@"\??\", StringComparison.Ordinal)) text = text[4..];
        text = WithoutEntities(text);

        var end = EndOfImage(text, path, name);
        var arguments = text[end..].Trim();
        var (longest, hidden) = Base64Text.Find(arguments);
        var decoded = hidden + HexText.Find(arguments);
        var plain = Plain(arguments);
        var effective = decoded.Length == 0 ? $" {plain} " : $" {plain} {Plain(decoded)} ";
        return new(text[..end].Trim('"', ' '), arguments, effective, longest, hidden.Length > 0);
    }

    private static int EndOfImage(string text, string path, string name)
    {
        if (text.Length == 0) return 0;
        if (text[0] == '"') return text.IndexOf('"', 1) is > 0 and var close ? close + 1 : text.Length;
        if (path.Length > 0 && text.StartsWith(path, StringComparison.OrdinalIgnoreCase)) return path.Length;
        if (name.Length > 0 && text.StartsWith(name, StringComparison.OrdinalIgnoreCase)) return name.Length;
        var blank = text.AsSpan().IndexOfAny(" \t\r\n");
        return blank < 0 ? text.Length : blank;
    }

    /// <summary>
    /// Some collectors write the text as HTML. The entities are decoded, so that the features do not depend on the collector.
    /// </summary>
    private static string WithoutEntities(string text) => text.Contains('&') && text.Contains(';')
        ? text.Replace("&gt;", ">", StringComparison.Ordinal).Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&quot;", "\"", StringComparison.Ordinal)
            .Replace("&apos;", "'", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal)
        : text;

    private static string Plain(string arguments)
    {
        var plain = new StringBuilder(arguments.Length);
        for (var i = 0; i < arguments.Length; i++)
        {
            var c = arguments[i];
            if (c is '"' or '^' or '`') continue;
            if (IsConcatenation(arguments, i))
            {
                i += 2;
                continue;
            }

            var atStart = plain.Length == 0 || plain[^1] == ' ';
            if (IsDash(c) || (c == '/' && atStart && IsSwitch(arguments, i))) c = '-';
            if (char.IsWhiteSpace(c))
            {
                if (atStart) continue;
                c = ' ';
            }

            plain.Append(char.ToLowerInvariant(c));
        }

        return plain.ToString();
    }

    /// <summary><c>'+'</c> between two quoted pieces, as in <c>'down'+'load'</c>.</summary>
    private static bool IsConcatenation(string text, int i) =>
        text[i] == '\'' && i + 2 < text.Length && text[i + 1] == '+' && text[i + 2] == '\'';

    private static bool IsDash(char c) => c is '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2015' or '\u2212';

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
}
