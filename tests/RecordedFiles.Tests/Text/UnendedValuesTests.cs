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

    [Fact]
    public void A_run_that_goes_on_reads_the_same()
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<Event \n", 300_000)) + "[\n1]\n{\"n\":1}\n");
        using var recording = Recording.Open(RecordedFile.InMemory("events.xml", content));
        var (texts, place) = (new List<string>(), default(ValuePlace));
        foreach (var (i, message) in recording.Messages().Index())
        {
            texts.Add(message.Text());
            if (i == 250_000) place = recording.Place;
        }

        Assert.Equal(texts[250_001..], Read.All(content, "events.xml", place).Select(m => m.Text()));
    }
}
