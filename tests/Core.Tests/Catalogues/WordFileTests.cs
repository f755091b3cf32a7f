using Changeling.Catalogues;
using Changeling.Features;

namespace Changeling.Core.Tests.Catalogues;

public class WordFileTests
{
    private const string Path = "Words/some.txt";

    [Fact]
    public void Headings_hold_their_items_and_comments_are_left_out()
    {
        var file = Parse("# about", "", "fruit:", "  apple", "  # a comment", "  pear: green  ", "tools:", "  \" saw \"", "  \"# 1\"");

        Assert.Equal(["fruit", "tools"], file.Groups.Select(g => g.Name));
        Assert.Equal(["apple", "pear: green"], file["fruit"].Texts);
        Assert.Equal([" saw ", "# 1"], file["tools"].Texts);
        Assert.Equal(6, file["fruit"].Items[1].Number);
    }

    [Theory]
    [InlineData("line 2: expected a heading", "fruit:", "apple")]
    [InlineData("line 2: expected a heading", "fruit:", " apple")]
    [InlineData("line 1: an item stands before the first heading", "  apple")]
    [InlineData("line 1: the heading has no items", "fruit:", "tools:", "  saw")]
    [InlineData("line 3: the heading 'fruit:' stands in the file twice", "fruit:", "  apple", "fruit:", "  pear")]
    [InlineData("line 2: an item in double quotes has no end", "fruit:", "  \"apple")]
    public void A_malformed_line_is_refused_with_file_and_line(string problem, params string[] lines)
    {
        var error = Assert.Throws<InvalidDataException>(() => Parse(lines));

        Assert.StartsWith($"{Path}, {problem}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_heading_is_refused_with_the_file()
    {
        var error = Assert.Throws<InvalidDataException>(() => Parse("fruit:", "  apple")["tools"]);

        Assert.Equal($"{Path}: the heading 'tools:' is missing", error.Message);
    }

    [Fact]
    public void An_item_under_two_headings_has_no_one_value()
    {
        var error = Assert.Throws<InvalidDataException>(() => Parse("fruit:", "  apple", "tools:", "  apple").Index(g => g.Name));

        Assert.Equal($"{Path}, line 4: 'apple' stands in the file twice", error.Message);
    }

    [Fact]
    public void A_line_has_fields_of_which_the_last_takes_the_rest()
    {
        var items = Parse("rows:", "  a | b | c", "  a |", "  a")["rows"].Items;

        Assert.Equal(["a", "b | c"], items[0].Fields(2, "x | y"));
        Assert.Equal(["a", ""], items[1].Fields(2, "x | y"));
        Assert.Equal($"{Path}, line 4: expected 'x | y'", Assert.Throws<InvalidDataException>(() => items[2].Fields(2, "x | y")).Message);
    }

    [Fact]
    public void A_file_that_is_not_built_in_is_refused_by_name()
    {
        var error = Assert.Throws<InvalidDataException>(() => WordFile.Read(typeof(WordFile), "Words/none.txt"));

        Assert.StartsWith("Words/none.txt: there is no such file", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a&", "a term has an empty part")]
    [InlineData("Invoke-", "a term has a capital letter")]
    [InlineData("a^b", "a term has a double quote")]
    public void A_term_that_plain_text_never_holds_is_refused_with_file_and_line(string term, string problem)
    {
        var error = Assert.Throws<InvalidDataException>(() => Behaviour.Of(Parse("fruit:", $"  {term}")));

        Assert.StartsWith($"{Path}, line 2: {problem}", error.Message, StringComparison.Ordinal);
    }

    private static WordFile Parse(params string[] lines) => WordFile.Parse(Path, new StringReader(string.Join('\n', lines)));
}
