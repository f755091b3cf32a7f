using System.Text.Json.Nodes;
using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events;

/// <summary>Event data without names: the number of values chooses the version, and what does not look right is never guessed.</summary>
public class PositionalFieldsTests
{
    [Theory]
    [InlineData(23)]
    [InlineData(22)]
    [InlineData(21)]
    [InlineData(20)]
    public void Every_version_of_the_sysmon_event_is_told_by_its_number_of_values(int count)
    {
        var read = Reading.Event(Changed("fluentbit.sysmon", values =>
        {
            if (count < 23) values.RemoveAt(22);
            if (count < 22) values.RemoveAt(9);
            if (count < 21) values.RemoveAt(0);
        }));

        GoldenEvent.AssertSame(read);
        Assert.Equal(count >= 22, read.Child.OriginalFileName is not null);
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(8, false)]
    public void Older_versions_of_4688_are_the_front_of_the_newest(int count, bool hasCommandLine)
    {
        var read = Reading.Event(Changed("fluentbit", values =>
        {
            while (values.Count > count) values.RemoveAt(count);
        }));

        GoldenEvent.AssertAgrees(read, TimeSpan.FromSeconds(1));
        Assert.Equal(hasCommandLine, read.Child.CommandLine is not null);
        Assert.Null(read.Parent);
    }

    [Theory]
    [InlineData("fluentbit", 14)]
    [InlineData("fluentbit", 7)]
    [InlineData("fluentbit.sysmon", 19)]
    [InlineData("fluentbit.sysmon", 0)]
    public void Any_other_number_of_values_is_a_dead_letter(string sender, int count) => AssertShifted(sender, values =>
    {
        while (values.Count > count) values.RemoveAt(count);
    });

    [Theory]
    [InlineData("fluentbit")]
    [InlineData("fluentbit.sysmon")]
    public void Values_that_slipped_by_one_are_a_dead_letter(string sender)
    {
        AssertShifted(sender, values =>
        {
            values.RemoveAt(values.Count - 1);
            values.Insert(0, "-");
        });
        AssertShifted(sender, values =>
        {
            values.RemoveAt(0);
            values.Add("-");
        });
    }

    [Theory]
    [InlineData("fluentbit", 14, "Medium")]
    [InlineData("fluentbit", 6, "TokenElevationTypeLimited")]
    [InlineData("fluentbit", 4, "6284")]
    [InlineData("fluentbit.sysmon", 2, "certutil")]
    [InlineData("fluentbit.sysmon", 18, "9120")]
    [InlineData("fluentbit.sysmon", 1, "yesterday")]
    public void A_value_that_does_not_look_like_its_field_is_a_dead_letter(string sender, int place, string value) =>
        AssertShifted(sender, values => values[place] = value);

    [Fact]
    public void Names_are_taken_before_positions() =>
        GoldenEvent.AssertSame(Reading.Event(Changed("fluentbit.map", record => record["StringInserts"] = new JsonArray("x"))));

    private static void AssertShifted(string sender, Action<JsonArray> change) =>
        Assert.Equal(DeadLetterReasons.PositionsShifted, Reading.Unreadable(Changed(sender, change)).Reason);

    private static string Changed(string sender, Action<JsonArray> change) =>
        Changed(sender, record => change(record["StringInserts"]!.AsArray()));

    private static string Changed(string sender, Action<JsonNode> change)
    {
        var record = JsonNode.Parse(GoldenLaunch.Messages[sender])!;
        change(record);
        return record.ToJsonString();
    }
}
