using System.Text;
using Changeling.Events;

namespace Changeling.Core.Tests.Events;

public class JsonValueSplitterTests
{
    [Theory]
    [InlineData("nothing", "", "")]
    [InlineData("blanks", " \r\n\t\n", "")]
    [InlineData("one value", "{\"a\":1}", "1:{\"a\":1}")]
    [InlineData("a value a line", "{}\n[1]\r\n{}\n", "1:{} 2:[1] 3:{}")]
    [InlineData("blank lines count as lines", "\n\n{}\n\n  {}", "3:{} 5:{}")]
    [InlineData("several on a line", "{} {}[]\n{}", "1:{} 1:{} 1:[] 2:{}")]
    [InlineData("one over several lines", "{\n\"a\":\n1\n}\n{}", "1:{|\"a\":|1|} 5:{}")]
    [InlineData("a line that is not JSON", "{}\nhello there\n{}", "1:{} 2:hello there 3:{}")]
    [InlineData("a cut value", "{\"a\":\n{}", "1:{\"a\": 2:{}")]
    [InlineData("a cut text", "{\"a\":\"b\n{}", "1:{\"a\":\"b 2:{}")]
    [InlineData("text after a value", "{} and more\n{}", "1:{} 1:and more 2:{}")]
    [InlineData("a line that is a single value", "12\n\"a b\"\nnull", "1:12 2:\"a b\" 3:null")]
    [InlineData("brackets in texts", "{\"a\":\"}\\\"{\"}{}", "1:{\"a\":\"}\\\"{\"} 1:{}")]
    public void Values_are_split_with_the_line_where_they_start(string what, string text, string expected)
    {
        var values = JsonValueSplitter.Split(Encoding.UTF8.GetBytes(text))
            .Select(v => $"{v.Line}:{Encoding.UTF8.GetString(v.Value.Span).Replace('\n', '|')}");

        Assert.True(expected == string.Join(' ', values), $"{what}: {string.Join(' ', values)}");
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_value()
    {
        var (line, value) = Assert.Single(JsonValueSplitter.Split((byte[])[.. Encoding.UTF8.Preamble, .. "{}"u8]));

        Assert.Equal(1, line);
        Assert.Equal("{}"u8, value.Span);
    }
}
