using Changeling.Cli.Demo;

namespace Changeling.Cli.Tests.Demo;

/// <summary>Findings as people read them, on two bounded lines each.</summary>
public sealed class FindingListTests
{
    private const string Launch = """
        {"start_time":1793697267384,"severity":"High","is_alert":true,"metadata":{"original_event_uid":"sysmon-1|a"},"device":{"hostname":"ws-0417"},
         "finding_info":{"analytic":{"uid":"a","name":"First Rule"},"related_analytics":[{"uid":"b","name":"Second Rule"}],
          "attacks":[{"technique":{"uid":"T1003"},"sub_technique":{"uid":"T1003.001"}},{"technique":{"uid":"T1105"}}]},
         "evidences":[{"process":{"name":"cmd.exe","cmd_line":"LINE","parent_process":{"name":"winword.exe"}},"data":{"rarity":{"score":92.91}}}]}
        """;

    private const string Cluster = """
        {"start_time":1793697267384,"severity":"Low","is_alert":false,"metadata":{},
         "finding_info":{"analytic":{"uid":"c","name":"Cluster Rule"},"attacks":[{"technique":{"uid":"T1036"}}]},
         "evidences":[{"data":{"cluster":{"by":"user","entity":"corp\\mara.lind","launches":1100,"children":["certutil.exe","reg.exe"]}}}]}
        """;

    [Fact]
    public void A_finding_has_its_launch_on_one_line_and_its_rules_on_the_next() => Assert.Equal(
        [
            "11-03 09:14:27  high alert  ws-0417  winword.exe → cmd.exe /c whoami",
            "    First Rule, Second Rule | T1003.001 T1105 | rarity 92.9",
            "11-03 09:14:27  low note    user corp\\mara.lind  1,100 launches: certutil.exe, reg.exe",
            "    Cluster Rule | T1036",
        ],
        Lines(200, Launch.Replace("LINE", "cmd.exe /c whoami", StringComparison.Ordinal), Cluster));

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(10_000)]
    public void A_long_command_line_is_shortened_in_the_middle_to_the_width_of_the_terminal(int width)
    {
        var line = Lines(width, Launch.Replace("LINE", $"start{new string('x', 40_000)}end", StringComparison.Ordinal))[0];

        Assert.Equal(Math.Min(width, FindingList.MaxWidth), line.Length);
        Assert.Contains(" → startx", line, StringComparison.Ordinal);
        Assert.EndsWith("xend", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Titles_that_do_not_fit_are_counted() =>
        Assert.Equal(
            "    First Rule and 1 more | T1003.001 T1105 | rarity 92.9",
            Lines(60, Launch.Replace("Second", "A Second", StringComparison.Ordinal))[1]);

    [Fact]
    public void What_would_move_the_cursor_is_shown_as_an_escape() => Assert.Contains(
        @"cmd.exe \u001b[2J\u202e[red]",
        Lines(200, Launch.Replace("LINE", @"cmd.exe \u001b[2J\u202e[red]", StringComparison.Ordinal))[0],
        StringComparison.Ordinal);

    [Theory]
    [InlineData("short", 5, "short")]
    [InlineData("abcdefgh", 5, "ab…gh")]
    [InlineData("abcdefgh", 6, "ab…fgh")]
    [InlineData("a\ud83d\ude00efg\ud83d\ude00h", 6, "a…\ud83d\ude00h")]
    public void A_cut_never_parts_a_surrogate_pair(string text, int most, string shown) =>
        Assert.Equal(shown, FindingList.Middle(text, most));

    private static string[] Lines(int width, params string[] findings)
    {
        using var output = new StringWriter();
        var console = CliConsole.Plain(output);
        console.Profile.Width = width;
        new FindingList(console).Show([.. findings.Select(DemoFinding.Read)]);
        return output.ToString().TrimEnd().Split('\n');
    }
}
