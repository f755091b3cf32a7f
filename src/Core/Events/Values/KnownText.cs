using System.Buffers;

namespace Changeling.Events.Values;

/// <summary>Distinguishes values from the marks that sources write for a missing value.</summary>
internal static class KnownText
{
    private const string Unresolved = "ERROR_EVT_UNRESOLVED";

    private static readonly SearchValues<string> Marks =
        SearchValues.Create(["-", "?", "N/A", "unknown", Unresolved], StringComparison.OrdinalIgnoreCase);

    /// <summary>The text without surrounding blanks, or <see langword="null"/> when it only says that there is none.</summary>
    public static string? Of(string? text)
    {
        var trimmed = text?.Trim();
        return string.IsNullOrEmpty(trimmed) || Marks.Contains(trimmed) ? null : trimmed;
    }

    /// <summary>A command line, untouched: <c>unknown</c> may be a program, <c>?</c> is what Sysmon writes when it knows none.</summary>
    public static string? OfCommandLine(string? text) =>
        string.IsNullOrWhiteSpace(text) || text.Trim() is "-" or "?" or Unresolved ? null : text;
}
