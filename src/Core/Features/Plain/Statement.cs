namespace Changeling.Features;

/// <summary>One command of a text: what stands between <c>&amp;</c>, <c>|</c>, <c>;</c>, curly brackets and line breaks.</summary>
/// <param name="Text">The command as written.</param>
/// <param name="IsText">Whether it only shows, searches or stores its words.</param>
/// <param name="Next">The beginning of what it is piped into; empty if it is not piped.</param>
internal readonly record struct Statement(string Text, bool IsText, string Next)
{
    /// <summary>Maximum length of a program's name with its folder, as Windows limits paths.</summary>
    private const int MaxProgram = 260;

    private const string Separators = "&|;{}\r\n";

    /// <summary>The end of the word from which on a statement is text, as an index in it; -1 if it is a command.</summary>
    internal delegate int TextTest(ReadOnlySpan<char> statement);

    /// <summary>Whether the text goes to a shell, which runs it: <c>echo vssadmin … | cmd</c>.</summary>
    public bool FeedsShell(IReadOnlySet<string> shells)
    {
        var next = Next.AsSpan().Trim(" \t\"'");
        var end = next.IndexOfAny(" \t\"'");
        var path = end < 0 ? next : next[..end];
        var name = path[(path.LastIndexOfAny('\\', '/') + 1)..].ToString().ToLowerInvariant();
        return shells.Contains(name.EndsWith(".exe", StringComparison.Ordinal) ? name[..^4] : name);
    }

    /// <summary>
    /// Splits a text. Inside quotes a separator counts too, because a shell's command stands in quotes; only where the words are mere text
    /// it does not.
    /// </summary>
    public static IEnumerable<Statement> Split(string text, TextTest isText)
    {
        for (var start = 0; start < text.Length;)
        {
            // Only the words up to the next separator say what the statement is: looking further would be quadratic in their number.
            var end = End(text, start);
            var textAt = isText(text.AsSpan(start, end - start));
            if (textAt >= 0) end = EndOutsideQuotes(text, start, start + textAt);
            var statement = text[start..end];
            var isPiped = end < text.Length - 1 && text[end] == '|' && text[end + 1] != '|';
            if (!string.IsNullOrWhiteSpace(statement))
                yield return new(statement, textAt >= 0, isPiped ? Beginning(text.AsSpan(end + 1)) : "");
            start = end + 1;
        }
    }

    /// <summary>Enough of a statement to name its program. A copy of the whole rest for each pipe would be quadratic.</summary>
    private static string Beginning(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        return text[..Math.Min(text.Length, MaxProgram)].ToString();
    }

    private static int End(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '{' && IdentifierLength(text.AsSpan(i + 1)) is > 0 and var length) i += length;
            else if (Separators.Contains(text[i], StringComparison.Ordinal)) return i;
        }

        return text.Length;
    }

    /// <summary>Length of a word or GUID with its closing bracket: <c>{default}</c> is an argument of bcdedit, and not a block.</summary>
    private static int IdentifierLength(ReadOnlySpan<char> text)
    {
        var length = text[..Math.Min(text.Length, 40)].IndexOf('}');
        if (length < 1) return 0;
        foreach (var c in text[..length]) if (!char.IsAsciiLetterOrDigit(c) && c != '-') return 0;
        return length + 1;
    }

    /// <summary>A quote that a shell's command stands in was opened before the text, and closes in it or behind it.</summary>
    private static int EndOutsideQuotes(string text, int start, int textAt)
    {
        var isInOuter = text.AsSpan(start, textAt - start).Count('"') % 2 == 1;
        var hasSingle = text.AsSpan(start, textAt - start).Contains('-');
        var quote = '\0';
        for (var i = textAt; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c == '"' && isInOuter) isInOuter = false;
            else if ((c == '"' || (c == '\'' && hasSingle)) && text.IndexOf(c, i + 1) > 0) quote = c;
            else if (Separators.Contains(c, StringComparison.Ordinal) || string.CompareOrdinal(text, i, ") do ", 0, 5) == 0) return i;
        }

        return text.Length;
    }
}
