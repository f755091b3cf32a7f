using System.Text.Json;
using Changeling.Cli.Detections;

namespace Changeling.Cli.Tests.Detections;

/// <summary>Findings as people read them, on one bounded line each.</summary>
public sealed class FindingListTests
{
    private const string Launch = """
        {"class_uid":2004,"start_time":1793697267384,"severity":"High","is_alert":true,"device":{"hostname":"ws-0417.corp.example"},
         "finding_info":{"uid":"1","analytic":{"uid":"a","name":"Unusual Process Spawned by a Parent Process"},"related_analytics":[{"uid":"b","name":"Second Rule"}]},
         "evidences":[{"process":{"name":"cmd.exe","cmd_line":"LINE","parent_process":{"name":"winword.exe"}},"data":{}}]}
        """;

    private const string Cluster = """
        {"class_uid":2004,"start_time":1793697267384,"severity":"Low","is_alert":false,
         "finding_info":{"uid":"2","analytic":{"uid":"c","name":"Cluster Rule"}},
         "evidences":[{"data":{"cluster":{"by":"user","entity":"corp\\mara.lind","launches":1100,"children":["certutil.exe","reg.exe"]}}}]}
        """;

    private const string Ecs = """
        {"@timestamp":"2026-11-03T09:15:07.902Z","event":{"id":"3","start":"2026-11-03T09:14:27.384Z"},"kibana":{"alert":{"severity":"medium"}},
         "host":{"name":"10.0.0.7"},"process":{"name":"cmd.exe","parent":{"name":"winword.exe"}},
         "changeling":{"is_alert":false,"evidence":{"rules":[{"id":"a","name":"First Rule"},{"id":"b","name":"Second Rule"}]}}}
        """;

    [Fact]
    public void A_finding_is_one_line_with_the_titles_of_the_rules_that_fired() => Assert.Equal(
        [
            "11-03 09:14:27  high alert  ws-0417  winword.exe -> cmd.exe /c whoami | Unusual Process Spawned by a Parent Process, Second Rule",
            "11-03 09:14:27  low       user corp\\mara.lind  1,100 launches: certutil.exe, reg.exe | Cluster Rule",
            "11-03 09:14:27  medium    10.0.0.7  winword.exe -> cmd.exe | First Rule, Second Rule",
        ],
        Lines(200, Launch.Replace("LINE", "cmd.exe /c whoami", StringComparison.Ordinal), Cluster, Ecs));

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(1_000)]
    public void A_long_command_line_is_shortened_in_the_middle_to_the_width(int width)
    {
        var line = Lines(width, Launch.Replace("LINE", $"start{new string('x', 40_000)}end", StringComparison.Ordinal))[0];

        Assert.Equal(width, line.Length);
        Assert.Contains(width < 100 ? "winword" : "winword.exe -> st", line, StringComparison.Ordinal);
        Assert.Contains("d | ", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(120, "| Unusual Process Spawned by a Parent Process +1")]
    [InlineData(200, "| Unusual Process Spawned by a Parent Process, Second Rule")]
    public void Titles_that_do_not_fit_are_counted_and_none_is_cut(int width, string end) => Assert.EndsWith(
        end, Lines(width, Launch.Replace("LINE", new string('x', 200), StringComparison.Ordinal))[0], StringComparison.Ordinal);

    [Fact]
    public void What_would_move_the_cursor_is_shown_as_an_escape_and_markup_as_text() => Assert.Contains(
        @"cmd.exe \u001b[2J\u202e[red]",
        Lines(200, Launch.Replace("LINE", @"cmd.exe \u001b[2J\u202e[red]", StringComparison.Ordinal))[0],
        StringComparison.Ordinal);

    private static string[] Lines(int width, params string[] findings)
    {
        using var output = new StringWriter();
        var console = CliConsole.Plain(output);
        var list = new FindingList(console, Look.Of(console, width));
        foreach (var finding in findings) list.Show(FindingView.TryRead(JsonDocument.Parse(finding).RootElement)!);
        return output.ToString().TrimEnd().Split('\n');
    }
}
