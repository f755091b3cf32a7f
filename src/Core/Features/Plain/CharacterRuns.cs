using System.Buffers;

namespace Changeling.Features;

/// <summary>Finds long runs of characters of a set. Most of the text is not looked at: a run must hold every n-th character.</summary>
internal static class CharacterRuns
{
    /// <summary>Where the next run begins.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">0, or the end of the run before.</param>
    /// <param name="minLength">Minimum length of a run.</param>
    /// <param name="set">The characters.</param>
    /// <returns>−1 if there is no further run of that length.</returns>
    public static int Next(ReadOnlySpan<char> text, int from, int minLength, SearchValues<char> set)
    {
        while (from + minLength <= text.Length)
        {
            var other = text.Slice(from, minLength).LastIndexOfAnyExcept(set);
            if (other < 0) return from;
            from += other + 1;
        }

        return -1;
    }

    /// <summary>The end of a run.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="set">The characters.</param>
    public static int End(ReadOnlySpan<char> text, int start, SearchValues<char> set) =>
        text[start..].IndexOfAnyExcept(set) is >= 0 and var length ? start + length : text.Length;
}
