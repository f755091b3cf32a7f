using System.Buffers;
using System.Text;

namespace Changeling.Features;

/// <summary>Finds runs of base64 in a command line and decodes them, for example PowerShell's encoded commands.</summary>
internal static class Base64Text
{
    /// <summary>Minimum length of a run, in characters; shorter runs are mostly words.</summary>
    public const int MinRun = 20;

    private const int MaxRuns = 4;
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    /// <summary>The longest run's length and the readable text inside all runs.</summary>
    public static (int Longest, string Decoded) Find(string text)
    {
        var longest = 0;
        StringBuilder? decoded = null;
        var runs = 0;
        for (var i = 0; i < text.Length;)
        {
            var length = RunLength(text.AsSpan(i));
            if (length >= MinRun && LooksEncoded(text.AsSpan(i, length)))
            {
                longest = Math.Max(longest, length);
                if (runs++ < MaxRuns && Decode(text.AsSpan(i, length)) is { } inner) (decoded ??= new()).Append(' ').Append(inner);
            }

            i += Math.Max(length, 1);
        }

        return (longest, decoded?.ToString() ?? "");
    }

    private static int RunLength(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExcept(Alphabet);
        return end < 0 ? text.Length : end;
    }

    /// <summary>Words and paths are of one case or hold slashes between words; encoded bytes mix cases.</summary>
    private static bool LooksEncoded(ReadOnlySpan<char> run)
    {
        int upper = 0, lower = 0, slashes = 0;
        foreach (var c in run)
        {
            if (c is >= 'A' and <= 'Z') upper++;
            else if (c is >= 'a' and <= 'z') lower++;
            else if (c == '/') slashes++;
        }

        return upper >= 4 && lower >= 2 && slashes * 8 <= run.Length;
    }

    private static string? Decode(ReadOnlySpan<char> run)
    {
        var whole = run[..(run.Length - (run.Length % 4))];
        var bytes = new byte[whole.Length / 4 * 3];
        if (!Convert.TryFromBase64Chars(whole, bytes, out var written)) return null;
        return ReadableText.Of(bytes.AsSpan(0, written));
    }
}
