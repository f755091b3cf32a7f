using System.Text;

namespace Changeling.Features;

/// <summary>
/// Separates a command from its comments: PowerShell's <c># …</c> and <c>&lt;# … #&gt;</c>, and <c>rem …</c> and <c>:: …</c> of cmd. What
/// is doubtful is not a comment, so that nothing that runs is left out.
/// </summary>
internal static class CommentText
{
    private static readonly string[] RunsPowerShell = ["powershell", "pwsh"];

    /// <summary>The command without comments, and the comments.</summary>
    /// <param name="text">Arguments, or a decoded script.</param>
    /// <param name="name">The program's file name, in lower case.</param>
    /// <param name="isScript">Whether it is a decoded script: there double quotes hold texts.</param>
    public static (string Code, string Comment) Split(string text, string name, bool isScript)
    {
        var mayHoldRemark = !isScript
            && (text.Contains("rem", StringComparison.OrdinalIgnoreCase) || text.Contains("::", StringComparison.Ordinal));
        if (!mayHoldRemark && !text.Contains('#')) return (text, "");

        var stem = name.EndsWith(".exe", StringComparison.Ordinal) ? name[..^4] : name;
        var comments = new StringBuilder();
        if (mayHoldRemark && (stem == "cmd" || text.Contains("cmd", StringComparison.OrdinalIgnoreCase)))
            text = WithoutRemarks(text, comments);
        if (text.Contains('#') && TakesNumberSign(text, stem)) text = WithoutNumberSign(text, comments, isScript, stem == "cmd");
        return (text, comments.ToString());
    }

    /// <summary>
    /// PowerShell unless it runs a file, and mshta, which ignores what follows its first argument; or either inside another program.
    /// </summary>
    private static bool TakesNumberSign(string text, string stem)
    {
        if (stem is "powershell" or "pwsh" or "powershell_ise") return !RunsFile(text);
        if (stem is "mshta") return true;
        foreach (var shell in RunsPowerShell)
        {
            if (text.IndexOf(shell, StringComparison.OrdinalIgnoreCase) is >= 0 and var at) return !RunsFile(text[at..]);
        }

        return text.Contains("mshta", StringComparison.OrdinalIgnoreCase);
    }

    private static bool RunsFile(string text) =>
        text.Contains(" -f ", StringComparison.OrdinalIgnoreCase) || text.StartsWith("-f ", StringComparison.OrdinalIgnoreCase)
        || text.Contains("-file ", StringComparison.OrdinalIgnoreCase) || text.Contains("/file ", StringComparison.OrdinalIgnoreCase);

    private static string WithoutNumberSign(string text, StringBuilder comments, bool isScript, bool inCmd)
    {
        var code = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            var isEscaped = !isScript && c == '\\' && i + 1 < text.Length && text[i + 1] == '"';
            if (c == '\'' || (isScript && c == '"') || isEscaped)
            {
                var quote = isEscaped ? text.IndexOf("\\\"", i + 2, StringComparison.Ordinal) : text.IndexOf(c, i + 1);
                var end = quote < 0 ? i + 1 : quote + (isEscaped ? 2 : 1);
                code.Append(text, i, end - i);
                i = end;
            }
            else if (string.CompareOrdinal(text, i, "<#", 0, 2) == 0
                && text.IndexOf("#>", i + 2, StringComparison.Ordinal) is > 0 and var close)
            {
                comments.Append(' ').Append(text, i + 2, close - i - 2);
                code.Append(' ');
                i = close + 2;
            }
            else if (c == '#' && BeginsComment(text, i))
            {
                var end = text.AsSpan(i).IndexOfAny(inCmd ? "\r\n&|" : "\r\n") is >= 0 and var length ? i + length : text.Length;
                comments.Append(' ').Append(text, i + 1, end - i - 1);
                i = end;
            }
            else
            {
                code.Append(c);
                i++;
            }
        }

        return code.ToString();
    }

    /// <summary>
    /// Between words, or behind what ends a statement: <c>C#</c> and <c>page#part</c> are not comments. Nor is <c>#24</c>, the number of a
    /// function in a DLL.
    /// </summary>
    private static bool BeginsComment(string text, int i)
    {
        var next = text.AsSpan(i + 1).TrimStart("+-");
        if (!next.IsEmpty && char.IsAsciiDigit(next[0])) return false;
        return i == 0 || char.IsWhiteSpace(text[i - 1]) || text[i - 1] is ';' or '}' or ')' or '|' or '"';
    }

    private static string WithoutRemarks(string text, StringBuilder comments)
    {
        var code = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (!IsRemark(text.AsSpan(i)) || !IsAtCommand(text, i))
            {
                code.Append(text[i++]);
                continue;
            }

            var end = text.AsSpan(i).IndexOfAny("&|\r\n") is >= 0 and var length ? i + length : text.Length;
            comments.Append(' ').Append(text, i, end - i);
            i = end;
        }

        return code.ToString();
    }

    private static bool IsRemark(ReadOnlySpan<char> text) =>
        text.StartsWith("rem ", StringComparison.OrdinalIgnoreCase) || text.StartsWith("::");

    /// <summary>Behind <c>&amp;</c>, <c>|</c>, a line break or the switch <c>/c</c> or <c>/k</c>.</summary>
    private static bool IsAtCommand(string text, int i)
    {
        var before = text.AsSpan(Math.Max(0, i - 16), Math.Min(i, 16));
        var trimmed = before.TrimEnd(" \t\"(@");
        if (trimmed.IsEmpty) return false;
        return trimmed[^1] is '&' or '|' or '\n' || trimmed.EndsWith("/c", StringComparison.OrdinalIgnoreCase)
            || trimmed.EndsWith("/k", StringComparison.OrdinalIgnoreCase);
    }
}
