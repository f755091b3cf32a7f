using System.Buffers;

namespace Changeling.Events.Values;

/// <summary>Distinguishes values from the marks that sources write for a missing value.</summary>
internal static class KnownText
{
    private const string Unresolved = "ERROR_EVT_UNRESOLVED";

    private static readonly SearchValues<string> Marks = SearchValues.Create(
        ["-", "?", "N/A", "unknown", "null", "(null)", "<null>", "(none)", "undefined", Unresolved], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> NoCommandLine = SearchValues.Create(
        ["-", "?", "null", "(null)", "<null>", Unresolved], StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The text without surrounding blanks and without the NUL that ends a text in Windows, or <see langword="null"/> when it only says
    /// that there is none.
    /// </summary>
    public static string? Of(string? text)
    {
        if (text is null) return null;
        var trimmed = Trimmed(text);
        if (trimmed.IsEmpty) return null;
        var known = trimmed.Length == text.Length ? text : trimmed.ToString();
        return Marks.Contains(known) ? null : known;
    }

    /// <summary>
    /// A command line, untouched but for NULs at its end: <c>unknown</c> may be a program, <c>?</c> is what Sysmon writes when it knows
    /// none.
    /// </summary>
    public static string? OfCommandLine(string? text)
    {
        var trimmed = Trimmed(text);
        return trimmed.IsEmpty || NoCommandLine.Contains(trimmed.ToString()) ? null : text!.TrimEnd('\0');
    }

    private static ReadOnlySpan<char> Trimmed(ReadOnlySpan<char> text)
    {
        var start = 0;
        while (start < text.Length && IsPadding(text[start])) start++;
        var end = text.Length;
        while (end > start && IsPadding(text[end - 1])) end--;
        return text[start..end];
    }

    private static bool IsPadding(char unit) => unit == '\0' || char.IsWhiteSpace(unit);
}
