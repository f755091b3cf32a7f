using Changeling.Cli.Detections;

namespace Changeling.Cli.Tests.Detections;

public sealed class ShortenedTests
{
    [Theory]
    [InlineData("short", 5, "short")]
    [InlineData("abcdefgh", 5, "ab…gh")]
    [InlineData("abcdefgh", 6, "ab…fgh")]
    [InlineData("abcdefgh", 1, "…")]
    [InlineData("abcdefgh", 0, "")]
    [InlineData("a\ud83d\ude00efg\ud83d\ude00h", 6, "a…\ud83d\ude00h")]
    public void A_text_is_cut_in_the_middle_and_never_parts_a_surrogate_pair(string text, int most, string shown) =>
        Assert.Equal(shown, Shortened.Middle(text, most, "…"));

    [Theory]
    [InlineData("", 10, "")]
    [InlineData("one two three", 20, "one two three")]
    [InlineData("one two three", 7, "one two/three")]
    [InlineData("one two three", 8, "one two/three")]
    [InlineData("abcdefghij klm", 4, "abcd/efgh/ij/klm")]
    [InlineData("abc\ud83d\ude00de", 4, "abc/\ud83d\ude00de")]
    public void A_text_is_broken_at_blanks_and_a_long_word_anywhere(string text, int most, string lines) =>
        Assert.Equal(lines, string.Join('/', Shortened.Lines(text, most)));

    [Theory]
    [InlineData("ws-0417.corp.example", "ws-0417")]
    [InlineData("ws-0417", "ws-0417")]
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData(".corp", ".corp")]
    [InlineData("", "")]
    public void A_host_is_shown_without_its_domain_and_an_address_whole(string name, string shown) =>
        Assert.Equal(shown, Shortened.Host(name));
}
