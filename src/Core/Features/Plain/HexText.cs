using System.Buffers;

namespace Changeling.Features;

/// <summary>Finds runs of hexadecimal digits in a command line that hold readable text. Hashes and identifiers hold none.</summary>
internal static class HexText
{
    /// <summary>Minimum length of a run, in digits.</summary>
    public const int MinRun = 20;

    private const int MaxRuns = 4;
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefABCDEF");

    /// <summary>The runs that hold text, in order.</summary>
    public static IReadOnlyList<EncodedRun> Find(string text)
    {
        List<EncodedRun>? runs = null;
        for (var end = 0; (runs?.Count ?? 0) < MaxRuns && CharacterRuns.Next(text, end, MinRun, Digits) is >= 0 and var start;)
        {
            end = CharacterRuns.End(text, start, Digits);
            if (Decode(text.AsSpan(start..end)) is { } inner) (runs ??= []).Add(new(start, end, inner));
        }

        return runs ?? [];
    }

    /// <summary>A run without any letter is a number and is not decoded.</summary>
    private static string? Decode(ReadOnlySpan<char> run) =>
        run.ContainsAny(Letters) ? ReadableText.Of(Convert.FromHexString(run[..(run.Length - (run.Length % 2))])) : null;
}
