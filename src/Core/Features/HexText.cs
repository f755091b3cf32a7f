using System.Buffers;
using System.Text;

namespace Changeling.Features;

/// <summary>Finds runs of hexadecimal digits in a command line that hold readable text. Hashes and identifiers hold none.</summary>
internal static class HexText
{
    /// <summary>Minimum length of a run, in digits.</summary>
    public const int MinRun = 20;

    private const int MaxRuns = 4;
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefABCDEF");

    /// <summary>The readable text inside all runs, a blank before each.</summary>
    public static string Find(string text)
    {
        StringBuilder? decoded = null;
        var runs = 0;
        for (var i = 0; i < text.Length && runs < MaxRuns;)
        {
            var length = RunLength(text.AsSpan(i));
            if (length >= MinRun && Decode(text.AsSpan(i, length)) is { } inner)
            {
                (decoded ??= new()).Append(' ').Append(inner);
                runs++;
            }

            i += Math.Max(length, 1);
        }

        return decoded?.ToString() ?? "";
    }

    private static int RunLength(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExcept(Digits);
        return end < 0 ? text.Length : end;
    }

    /// <summary>A run without any letter is a number and is not decoded.</summary>
    private static string? Decode(ReadOnlySpan<char> run) =>
        run.ContainsAny(Letters) ? ReadableText.Of(Convert.FromHexString(run[..(run.Length - (run.Length % 2))])) : null;
}
