using System.Globalization;
using System.Text;
using System.Text.Json;
using Changeling.Events.Json;

namespace Changeling.Events;

/// <summary>
/// Makes the <see cref="RecordOutcome.Unreadable"/> of one record: what is wrong and which properties it has, never their values.
/// </summary>
internal static class DeadRecord
{
    private const int MaxNames = 20;
    private const int LongestName = 64;

    public static RecordOutcome.Unreadable Of(JsonValue record, string reason, string detail) =>
        new(reason, detail + Properties(record), DeadBody.Of(record.Raw));

    /// <summary>One line of at most <see cref="LongestName"/> units, safe as a metric's tag and on a terminal.</summary>
    public static string Printable(string text)
    {
        var printable = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (printable.Length + rune.Utf16SequenceLength > LongestName) break;
            printable.Append(IsPrintable(rune) ? rune : Rune.ReplacementChar);
        }

        return printable.ToString();
    }

    private static string Properties(JsonValue record)
    {
        if (record.ValueKind != JsonValueKind.Object) return "";
        var names = record.Children.Take(MaxNames).Select(property => Printable(property.Name));
        return $"; properties: {string.Join(", ", names)}";
    }

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
