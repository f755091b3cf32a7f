namespace Changeling.Exceptions;

/// <summary>
/// A pattern over a whole text: <c>*</c> for any text, <c>?</c> for one UTF-16 unit. Matching takes at most text length times pattern
/// length steps for any text. No regular expression is used.
/// </summary>
internal static class WildcardPattern
{
    /// <summary>Whether a pattern matches every text of some length.</summary>
    public static bool FitsAnything(ReadOnlySpan<char> pattern) => pattern.IndexOfAnyExcept('*', '?') < 0;

    /// <summary>Whether a text matches; both are compared by UTF-16 units.</summary>
    public static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (p, t, star, resume) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, resume) = (p++, t);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                // Let the last star match one more unit. Earlier stars need no second try, because the last star can match what they would
                // release.
                (p, t) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }
}
