using System.Globalization;
using System.Text;

namespace Changeling.Cli;

/// <summary>
/// Text of an event for a terminal: characters that move the cursor, change colours or change the text direction are shown as escapes.
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
    /// Pairs of surrogates are kept, because all characters for text direction are in the basic plane. A lone surrogate is written as a
    /// question mark by the encoder.
    /// </summary>
    private static bool IsHidden(char unit) => char.GetUnicodeCategory(unit)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
