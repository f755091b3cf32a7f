using System.Globalization;
using System.Text;

namespace Changeling.Cli;

/// <summary>
/// Text of an event for a terminal: what would move the cursor, change colours or turn the reading direction is shown as an escape.
/// </summary>
internal static class Printable
{
    public static string Of(string text)
    {
        if (!text.Any(IsHidden)) return text;
        var shown = new StringBuilder(text.Length + 16);
        foreach (var unit in text)
        {
            if (IsHidden(unit)) shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            else shown.Append(unit);
        }

        return shown.ToString();
    }

    /// <summary>
    /// Pairs of surrogates stay: all that turns direction lies in the basic plane. A lone one becomes a question mark on its own.
    /// </summary>
    private static bool IsHidden(char unit) => char.GetUnicodeCategory(unit)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
