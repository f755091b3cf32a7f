using System.Buffers;
using System.Text.Json;
using Changeling.Events.Json;

namespace Changeling.Events.Values;

/// <summary>Distinguishes values from the marks that sources write for a missing value.</summary>
internal static class KnownText
{
    private const string Unresolved = "ERROR_EVT_UNRESOLVED";

    private static readonly string[] Marks =
        ["-", "?", "N/A", "unknown", "null", "(null)", "<null>", "(none)", "undefined", Unresolved];

    private static readonly SearchValues<char> Beginnings = SearchValues.Create("-?(<nNuUeE");

    private static readonly string[] NoCommandLine = ["-", "?", "null", "(null)", "<null>", Unresolved];

    /// <summary>
    /// The text without surrounding blanks and without the NUL that ends a text in Windows, or <see langword="null"/> when it only says
    /// that there is none.
    /// </summary>
    public static string? Of(string? text)
    {
        if (text is null) return null;
        var trimmed = Trimmed(text);
        if (trimmed.IsEmpty || IsOneOf(Marks, trimmed)) return null;
        return trimmed.Length == text.Length ? text : trimmed.ToString();
    }

    /// <summary>Whether a scalar is more than such a mark.</summary>
    public static bool IsKnown(JsonValue value) => IsPlainlyKnown(Scalar.Of(value)) || Of(value.AsText()) is not null;

    /// <summary>Whether no look at the text itself is needed: it is too long for a mark, and nothing at its ends is trimmed.</summary>
    private static bool IsPlainlyKnown(JsonValue scalar) =>
        scalar.ValueKind == JsonValueKind.String
        && !scalar.IsEscaped
        && scalar.Written is var text
        && text.Length > Unresolved.Length
        && text[0] is > (byte)' ' and < 0x7F
        && text[^1] is > (byte)' ' and < 0x7F;

    /// <summary>
    /// A command line, untouched but for NULs at its end: <c>unknown</c> may be a program, <c>?</c> is what Sysmon writes when it knows
    /// none.
    /// </summary>
    public static string? OfCommandLine(string? text)
    {
        var trimmed = Trimmed(text);
        return trimmed.IsEmpty || IsOneOf(NoCommandLine, trimmed) ? null : text!.TrimEnd('\0');
    }

    private static bool IsOneOf(string[] marks, ReadOnlySpan<char> text)
    {
        if (text.Length > Unresolved.Length || !Beginnings.Contains(text[0])) return false;
        foreach (var mark in marks)
        {
            if (text.Equals(mark, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    /// <summary>The text without surrounding blanks and NULs.</summary>
    public static ReadOnlySpan<char> Trimmed(ReadOnlySpan<char> text)
    {
        var start = 0;
        while (start < text.Length && IsPadding(text[start])) start++;
        var end = text.Length;
        while (end > start && IsPadding(text[end - 1])) end--;
        return text[start..end];
    }

    private static bool IsPadding(char unit) => unit == '\0' || char.IsWhiteSpace(unit);
}
