namespace Changeling.Exceptions;

/// <summary>
/// A pattern over a whole text: <c>*</c> for any text, <c>?</c> for one UTF-16 unit. Two pointers and one place to fall back to, so a
/// match takes at most text length times pattern length steps, whatever the text; no expression is ever built.
/// </summary>
internal static class WildcardPattern
{
    /// <summary>Whether a pattern says nothing: it fits every text of some length.</summary>
    public static bool FitsAnything(ReadOnlySpan<char> pattern) => pattern.IndexOfAnyExcept('*', '?') < 0;

    /// <summary>Whether a text fits; both are compared unit by unit.</summary>
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
                // The last star takes one unit more. Earlier stars need no second try: the last one can take what they would give up.
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
