using System.Text.Json.Nodes;
using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events;

/// <summary>CrowdStrike names a parent by id; its own event has more details, when it comes in the same message.</summary>
public class ParentsInMessageTests
{
    private const string WordPath = @"\Device\HarddiskVolume3\Program Files\Microsoft Office\root\Office16\WINWORD.EXE";
    private const string WordLine =
        @"""C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE"" /n ""C:\Users\mara.lind\Downloads\offer.docm""";

    private static readonly string Launch = GoldenLaunch.Messages["crowdstrike-fdr"].ReplaceLineEndings(" ");

    [Theory]
    [InlineData("ProcessRollup2", "read", true)]
    [InlineData("ProcessRollup2", "read", false)]
    [InlineData("SyntheticProcessRollup2", "skipped", true)]
    public void A_parent_is_completed_from_its_own_event_before_or_behind(string kind, string word, bool before)
    {
        var outcomes = Reading.All(before ? $"{Word(kind)}\n{Launch}" : $"{Launch}\n{Word(kind)}");

        var read = Assert.IsType<RecordOutcome.Read>(outcomes[before ? 1 : 0]).Event;
        GoldenEvent.AssertSame(read);
        Assert.Equal(
            new ParentProcess { Name = "winword.exe", Path = WordPath, CommandLine = WordLine, Pid = 9120, Guid = "418866310240" },
            read.Parent);
        Assert.Equal(EventNotes.ParentResolved, read.Notes);
        Assert.Equal(before ? $"{word} read" : $"read {word}", Reading.Words(outcomes));
    }

    [Fact]
    public void A_parent_in_another_message_is_not_remembered()
    {
        Reading.All(Word("ProcessRollup2"));

        var read = Reading.Event(Launch);

        Assert.Equal(new ParentProcess { Name = "winword.exe", Guid = "418866310240" }, read.Parent);
        Assert.Equal(EventNotes.None, read.Notes);
    }

    [Theory]
    [InlineData("aid", "00000000000000000000000000000000")]
    [InlineData("TargetProcessId", "418866310241")]
    [InlineData("ImageFileName", @"\Device\HarddiskVolume3\Windows\explorer.exe")]
    public void Another_host_another_id_or_another_name_is_not_the_parent(string field, string value)
    {
        var outcomes = Reading.All($"{Word("ProcessRollup2", word => word[field] = value)}\n{Launch}");

        Assert.Equal(EventNotes.None, Assert.IsType<RecordOutcome.Read>(outcomes[1]).Event.Notes);
    }

    [Fact]
    public void A_child_that_does_not_name_its_parent_stays_without_one()
    {
        var child = Launch.Replace("ParentBaseFileName", "_", StringComparison.Ordinal);

        Assert.Null(Assert.IsType<RecordOutcome.Read>(Reading.All($"{Word("ProcessRollup2")}\n{child}")[1]).Event.Parent);
    }

    [Fact]
    public void Of_two_events_with_one_id_the_first_is_believed()
    {
        var other = Word("ProcessRollup2", word => word["CommandLine"] = "WINWORD.EXE /other");

        var outcomes = Reading.All($"{Word("ProcessRollup2")}\n{other}\n{Launch}");

        Assert.Equal(WordLine, Assert.IsType<RecordOutcome.Read>(outcomes[2]).Event.Parent?.CommandLine);
    }

    private static string Word(string kind, Action<JsonNode>? change = null)
    {
        var word = JsonNode.Parse(Launch)!;
        word["event_simpleName"] = kind;
        word["TargetProcessId"] = "418866310240";
        word["ParentProcessId"] = "418866300001";
        word["RawProcessId"] = "9120";
        word["ImageFileName"] = WordPath;
        word["CommandLine"] = WordLine;
        word["ParentBaseFileName"] = "explorer.exe";
        change?.Invoke(word);
        return word.ToJsonString();
    }
}
