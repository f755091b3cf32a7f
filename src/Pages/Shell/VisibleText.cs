using System.Globalization;
using System.Text;

namespace Changeling.Pages.Shell;

/// <summary>
/// Text of an event in parts: what can be shown, and characters that are invisible, or change the direction or the place of others. A
/// reader sees the code points of the latter, such as <c>U+202E</c>.
/// </summary>
internal static class VisibleText
{
    /// <summary>Letters without a glyph, which no category of Unicode gives away.</summary>
    private static readonly HashSet<int> Blank = [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0];

    /// <summary>The parts of a text, in order.</summary>
    public static IEnumerable<Part> Parts(string text)
    {
        var shown = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var isWhole = Rune.TryGetRuneAt(text, at, out var rune);
            var code = isWhole ? rune.Value : text[at];
            var length = isWhole ? rune.Utf16SequenceLength : 1;
            if (isWhole && !IsHidden(rune)) shown.Append(text, at, length);
            else
            {
                if (shown.Length > 0) yield return new(shown.ToString(), IsCode: false);
                shown.Clear();
                yield return new(string.Create(CultureInfo.InvariantCulture, $"U+{code:X4}"), IsCode: true);
            }

            at += length;
        }

        if (shown.Length > 0) yield return new(shown.ToString(), IsCode: false);
    }

    private static bool IsHidden(Rune rune) => Blank.Contains(rune.Value) || Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.SpaceSeparator => rune.Value != ' ',
        _ => false,
    };

    /// <summary>A part of a text.</summary>
    /// <param name="Text">What is shown.</param>
    /// <param name="IsCode">Whether it is the code point of one character.</param>
    internal readonly record struct Part(string Text, bool IsCode);
}
