using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events;

/// <summary>A hub of which the operator has said what it holds.</summary>
public class PinnedFormatTests
{
    public static TheoryData<string> Senders => [.. GoldenLaunch.Messages.Keys];

    [Theory]
    [MemberData(nameof(Senders))]
    public void The_named_format_is_read_and_every_other_is_a_mismatch(string sender)
    {
        foreach (var pinned in SourceFormats.All)
        {
            var outcome = Assert.Single(new MessageReader(new MessageLimits(), pinned).Read(Reading.Bytes(GoldenLaunch.Messages[sender])));

            if (pinned == GoldenLaunch.Format(sender))
                Assert.Equal(Reading.Event(GoldenLaunch.Messages[sender]), Assert.IsType<RecordOutcome.Read>(outcome).Event);
            else Assert.Equal(DeadLetterReasons.FormatMismatch, Assert.IsType<RecordOutcome.Unreadable>(outcome).Reason);
        }
    }

    [Theory]
    [InlineData("""{"winlog":{"event_id":5,"provider_name":"Microsoft-Windows-Sysmon"},"event":{}}""", "skipped")]
    [InlineData("""{"hello":1}""", "format_mismatch")]
    [InlineData("<Event/>", "format_mismatch")]
    [InlineData("<html/>", "unknown_format")]
    [InlineData("{\"cut", "not_json")]
    public void What_cannot_be_told_is_said_to_be_what_it_is(string body, string word) =>
        Assert.Equal(word, Reading.Words(new MessageReader(new MessageLimits(), SourceFormats.Winlogbeat).Read(Reading.Bytes(body))));

    [Fact]
    public void A_mismatch_says_both_formats() =>
        Assert.StartsWith(
            "the hub is set to ecs, the record is ocsf",
            Assert.IsType<RecordOutcome.Unreadable>(Assert.Single(
                new MessageReader(new MessageLimits(), SourceFormats.Ecs).Read("""{"class_uid":1007}"""u8.ToArray()))).Detail,
            StringComparison.Ordinal);
}
