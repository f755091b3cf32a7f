using Changeling.Core.Tests.Events;
using Changeling.Events;
using Changeling.Sources;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Sources;

/// <summary>What is tallied of sources.</summary>
public class SourceHealthTests
{
    private static readonly ProcessEvent Launch = Reading.Event(GoldenLaunch.Messages["winlogbeat"]);

    [Fact]
    public void Every_outcome_is_counted_under_its_format_kind_or_reason()
    {
        var health = new SourceHealth();
        health.Add(new RecordOutcome.Read(Launch), Launch.Time.AddHours(2));
        health.Add(new RecordOutcome.Read(Launch with { Parent = null, Notes = EventNotes.ParentInvalid }), Launch.Time.AddMinutes(-6));
        health.Add(new RecordOutcome.Skipped("winlogbeat", "event 5"), null);
        health.Add(new RecordOutcome.Unreadable(DeadLetterReasons.NotXml, "", DeadBody.None) { Format = SourceFormats.WinEventXml }, null);
        health.AddGap(3);

        var report = health.ToReport();

        var format = Assert.Single(report.Formats).Value;
        Assert.Equal((2, 1, 1, 1), (format.Events, format.InvalidParents, format.Skew[TimeSkew.Hours], format.Skew[TimeSkew.Ahead]));
        Assert.Equal(
            (1, 0.5, 0), (format.ShareMissing("user.sid"), format.ShareMissing("parent.name"), format.ShareMissing("process.path")));
        Assert.Equal([KeyValuePair.Create("winlogbeat: event 5", 1L)], report.Skipped);
        Assert.Equal([KeyValuePair.Create("winevent-xml: not_xml", 1L)], report.DeadLetters);
        Assert.Equal(3, report.SequenceGap);
    }

    [Fact]
    public void Two_tallies_added_are_the_tally_of_both()
    {
        var (one, both) = (new SourceHealth(), new SourceHealth());
        one.Add(new RecordOutcome.Read(Launch), Launch.Time);
        one.Add(new RecordOutcome.Skipped("ecs", "file"), null);
        one.AddGap(1);
        both.Add(one.ToReport());
        both.Add(one.ToReport());

        var report = both.ToReport();

        Assert.Equal((2, 2, 2), (report.Formats["winlogbeat"].Events, report.Skipped["ecs: file"], report.SequenceGap));
        Assert.Equal((2, 2), (report.Formats["winlogbeat"].Skew[TimeSkew.Prompt], report.Formats["winlogbeat"].Missing["user.sid"]));
    }

    [Fact]
    public void Made_up_kinds_count_as_one_and_known_ones_by_name()
    {
        var health = new SourceHealth();
        for (var i = 0; i < 2000; i++) health.Add(new RecordOutcome.Skipped("crowdstrike-fdr", $"kind {i}"), null);
        health.Add(new RecordOutcome.Skipped("crowdstrike-fdr", "DnsRequest"), null);

        var skipped = health.ToReport().Skipped;

        Assert.Equal(2, skipped.Count);
        Assert.Equal((2000, 1), (skipped["crowdstrike-fdr: other"], skipped["crowdstrike-fdr: DnsRequest"]));
    }

    [Theory]
    [InlineData(-6, "ahead")]
    [InlineData(-5, "prompt")]
    [InlineData(60, "prompt")]
    [InlineData(61, "hours")]
    [InlineData(1441, "days")]
    [InlineData(43201, "beyond")]
    public void Skew_has_five_steps(int minutesBehind, string step) => Assert.Equal(step, TimeSkew.Of(TimeSpan.FromMinutes(minutesBehind)));
}
