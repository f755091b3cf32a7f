using System.Text;

namespace Changeling.Features;

/// <summary>Takes what decodes to text out of a command line: base64, hexadecimal and lists of character codes.</summary>
/// <param name="Rest">The text without what was decoded.</param>
/// <param name="Decoded">What was decoded, a blank before each piece.</param>
/// <param name="LongestBase64">Length of the longest run of base64, decoded or not.</param>
/// <param name="HidesText">Whether a run of base64 was decoded.</param>
internal readonly record struct EncodedText(string Rest, string Decoded, int LongestBase64, bool HidesText)
{
    /// <summary>Takes the encoded pieces out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="budget">Maximum length of what is decoded.</param>
    public static EncodedText Of(string text, int budget)
    {
        StringBuilder? decoded = null;
        var longest = 0;
        var rest = Take(text, Base64Text.Find(text, ref longest), ref decoded);
        var hides = decoded is not null;
        rest = Take(rest, HexText.Find(rest), ref decoded);
        rest = Take(rest, CharacterCodes.Find(rest), ref decoded);
        if (decoded is null) return new(rest, "", longest, hides);
        if (decoded.Length > budget) decoded.Length = budget;
        return new(rest, decoded.ToString(), longest, hides);
    }

    private static string Take(string text, IReadOnlyList<EncodedRun> runs, ref StringBuilder? decoded)
    {
        if (runs.Count == 0) return text;
        decoded ??= new();
        var rest = new StringBuilder(text.Length);
        var start = 0;
        foreach (var run in runs)
        {
            rest.Append(text, start, run.Start - start).Append(' ');
            start = run.End;
            decoded.Append(' ').Append(run.Text);
        }

        return rest.Append(text, start, text.Length - start).ToString();
    }
}
