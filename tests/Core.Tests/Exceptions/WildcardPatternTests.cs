using Changeling.Exceptions;
using CsCheck;

namespace Changeling.Core.Tests.Exceptions;

public class WildcardPatternTests
{
    private static readonly Gen<string> Pattern = Gen.String[Gen.Char["ab*?"], 0, 9];
    private static readonly Gen<string> Text = Gen.String[Gen.Char["ab"], 0, 10];

    [Fact]
    public void It_fits_what_the_plain_recursive_definition_fits()
    {
        var (fitting, all) = (0, 0);

        Gen.Select(Pattern, Text).Sample(
            (pattern, text) =>
            {
                var expected = Plain(pattern, text);
                Interlocked.Add(ref fitting, expected ? 1 : 0);
                Interlocked.Increment(ref all);
                return WildcardPattern.Fits(pattern, text) == expected;
            },
            iter: 100_000);

        Assert.True(fitting > all / 20 && fitting < all, $"{fitting} of {all} pairs fit");
    }

    /// <summary>A matcher that tries every way to place the wildcards would not come to an end.</summary>
    [Fact]
    public void The_worst_pattern_on_the_worst_line_is_answered()
    {
        var pattern = string.Concat(Enumerable.Repeat("*a", ExceptionFile.MaxUnits / 2 - 1)) + "*b";
        var text = new string('a', 32_768);

        Assert.False(WildcardPattern.Fits(pattern, text));
        Assert.False(WildcardPattern.Fits("*" + new string('a', ExceptionFile.MaxUnits - 2) + "b", text));
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("**?*", true)]
    [InlineData("??", true)]
    [InlineData("*.*", false)]
    [InlineData("a", false)]
    public void A_pattern_of_wildcards_alone_says_nothing(string pattern, bool fitsAnything) =>
        Assert.Equal(fitsAnything, WildcardPattern.FitsAnything(pattern));

    private static bool Plain(string pattern, string text)
    {
        if (pattern.Length == 0) return text.Length == 0;
        if (pattern[0] == '*') return Plain(pattern[1..], text) || (text.Length > 0 && Plain(pattern, text[1..]));
        return text.Length > 0 && (pattern[0] == '?' || pattern[0] == text[0]) && Plain(pattern[1..], text[1..]);
    }
}
