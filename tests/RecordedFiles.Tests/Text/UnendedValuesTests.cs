using System.Text;

namespace Changeling.RecordedFiles.Tests.Text;

/// <summary>Lines that begin values which never end: each must not be searched for its end through the whole file.</summary>
public class UnendedValuesTests
{
    /// <summary>Linear work takes a part of a second; quadratic work takes minutes, until the test run is stopped.</summary>
    [Theory]
    [InlineData("<Event \n")]
    [InlineData("[\n")]
    [InlineData("{\"a\":[\n")]
    public void Each_line_is_a_message_and_what_follows_is_read(string line)
    {
        const int lines = 400_000;
        var text = string.Concat(Enumerable.Repeat(line, lines)) + "{\"n\":1}\n";

        var messages = Read.All(Encoding.UTF8.GetBytes(text), "events.jsonl");

        Assert.InRange(messages.Count, lines - 1, lines + 1);
        Assert.Equal("{\"n\":1}", messages[^1].Text());
    }
}
