using System.Text.Json;
using Changeling.Cli.Detections;
using Changeling.Findings;
using Changeling.Incidents;
using Spectre.Console;
using static Changeling.Cli.Tests.Detections.IncidentMessages;

namespace Changeling.Cli.Tests.Detections;

/// <summary>Incidents as people read them.</summary>
public sealed class IncidentTreeTextTests
{
    private static readonly Incident Whole = Incident(1, Shell, Discovery, Dump, Moved);

    [Fact]
    public void An_incident_is_a_tree_on_each_host_with_its_steps_marked()
    {
        var lines = Lines(140, Whole);

        Assert.Equal("11-03 07:25:00  critical incident, risk 97  8a98465e-fb7c-5717-9bc6-6304e407d354", lines[0]);
        Assert.Equal(
            [
                "    ws-0417.corp.example",
                @"                                ""C:\Program Files\Microsoft Office\root\Office16\WINWORD.EXE"" /n ""C:\Users\mara.lind\offer.docm""",
                "    11-03 07:25:00  high      * `- powershell.exe -nop -w hidden -enc SQBFAFgA",
                @"                                   |  encoded command, hidden window | T1059.001 | CORP\mara.lind",
                @"    11-03 07:25:35  low       +    |- net group ""Domain Admins"" /domain",
                "                                   |     group of domain administrators | T1087.002 | 3 times",
                @"    11-03 07:28:25  critical  *    `- rundll32.exe C:\Windows\System32\comsvcs.dll, MiniDump 712 C:\Users\Public\d.bin full",
                "                                         memory dump of another process | T1003.001 T1218.011",
                "    srv-files-02.corp.example",
                "                                wmiprvse.exe",
                @"    11-03 07:34:20  high      * `- cmd.exe /Q /c dir \\127.0.0.1\C$\Users",
                @"                                      WMI provider as the parent | T1047 | CORP\mara.lind",
                "    * a rule found it (3)   + only the model suspects it (1)",
            ],
            lines.SkipWhile(line => line != "    ws-0417.corp.example").Take(13));
    }

    [Fact]
    public void What_happened_and_why_it_is_worse_than_its_parts_are_the_words_of_the_message()
    {
        var view = View(Whole);

        var text = string.Join(' ', Lines(1_000, Whole).Select(line => line.Trim()));

        Assert.NotEmpty(view.Message);
        Assert.Contains(view.Message, text, StringComparison.Ordinal);
        Assert.Contains(view.Why, text, StringComparison.Ordinal);
        Assert.Contains(view.Tactics[0], text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void No_line_is_wider_than_asked_for_whatever_the_texts_hold(int width)
    {
        var text = new string('x', 40_000);
        var hostile = Shell with
        {
            Signal = Shell.Signal with
            {
                Host = text,
                User = text,
                Process = Shell.Signal.Process with { Name = text, CommandLine = text },
                Reasons = [text, text],
            },
        };
        var deep = Enumerable.Range(0, 40).Select(i => Member(
            i, Process(i), [.. Enumerable.Range(0, 4).Select(a => Process(i - 1 - a))], Rules.Severity.Low, [], []));

        var lines = Lines(width, Incident(1, [hostile, .. deep]));

        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        Assert.Contains(lines, line => line.Length == width);

        static SignalProcess Process(int i) => new($"p{i}.exe", $"{{{i}}}", null, $"p{i}.exe {new string('y', 200)}", 0.5);
    }

    [Fact]
    public void Text_of_events_is_inert()
    {
        const string Line = "cmd.exe \u001b[2J\u202e[red]\r\nx\u0000";
        var hostile = Shell with
        {
            Signal = Shell.Signal with
            {
                Process = Shell.Signal.Process with { Name = "cmd.exe", CommandLine = Line },
                User = "a\u0007[/]b",
                Host = "h\u200bost",
            },
        };

        var text = string.Join('\n', Lines(200, Incident(1, hostile)));

        Assert.Contains(@"cmd.exe \u001b[2J\u202e[red]\u000d\u000ax\u0000", text, StringComparison.Ordinal);
        Assert.Contains(@"a\u0007[/]b", text, StringComparison.Ordinal);
        Assert.Contains(@"h\u200bost", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
    }

    [Fact]
    public void A_pipe_gets_nothing_but_ASCII_besides_the_texts_of_events() =>
        Assert.All(string.Join('\n', Lines(70, Whole)), c => Assert.InRange(c, '\n', '~'));

    [Fact]
    public void A_terminal_gets_lines_and_the_colours_of_severities_which_are_in_words_too()
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.TrueColor,
            Out = new Screen(output),
        });
        console.Profile.Capabilities.Unicode = true;

        new IncidentTreeText(console, Look.Of(console)).Show(View(Whole));

        Assert.Contains("├─ ", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\u001b[1;38;5;9mcritical", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("\u001b[38;5;9mhigh", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void New_steps_are_marked_where_the_others_were_shown_before()
    {
        var known = new HashSet<string> { Shell.Signal.Uid.ToString(), Discovery.Signal.Uid.ToString() };
        using var output = new StringWriter();
        var console = CliConsole.Plain(output);

        new IncidentTreeText(console, Look.Of(console)).Show(View(Incident(2, Shell, Discovery, Dump), IncidentActivity.Update), known);

        var lines = output.ToString().Split('\n');
        Assert.StartsWith("11-03 07:35:00  critical incident update 2, risk 97", lines[0], StringComparison.Ordinal);
        var marked = Assert.Single(lines, line => line.StartsWith("new", StringComparison.Ordinal));
        Assert.StartsWith("new 11-03 07:28:25  critical", marked, StringComparison.Ordinal);
    }

    [Fact]
    public void In_ECS_an_incident_looks_the_same() => Assert.Equal(
        Lines(120, Whole), Lines(120, JsonDocument.Parse(Write(Whole, IncidentActivity.Create, DetectionFormat.Ecs)).RootElement));

    [Theory]
    [InlineData("""{"unmapped":{"changeling":{"schema":"changeling.incident/1","incident":"a"}}}""")]
    [InlineData("""{"unmapped":{"changeling":{"schema":"changeling.incident/2","incident":"a","processes":[7,{"parent":0},{"parent":-1,"member":true},{"parent":9,"rules":3,"count":"x"}],"users":{},"clusters":[1]}}}""")]
    [InlineData("""{"changeling":{"incident":{"schema":"changeling.incident/1","incident":"a","processes":{},"left_out":4}},"time":-5}""")]
    public void What_is_missing_or_of_another_kind_is_left_out(string json)
    {
        var lines = Lines(120, JsonDocument.Parse(json).RootElement);

        Assert.Contains("incident, not an alert  a", lines[0], StringComparison.Ordinal);
    }

    private static IncidentView View(Incident incident, IncidentActivity activity = IncidentActivity.Create) =>
        IncidentView.TryRead(JsonDocument.Parse(Write(incident, activity)).RootElement)!;

    private static string[] Lines(int width, Incident incident) =>
        Lines(width, JsonDocument.Parse(Write(incident, IncidentActivity.Create)).RootElement);

    private static string[] Lines(int width, JsonElement message)
    {
        using var output = new StringWriter();
        var console = CliConsole.Plain(output);
        new IncidentTreeText(console, Look.Of(console, width)).Show(IncidentView.TryRead(message)!);
        return output.ToString().TrimEnd('\n').Split('\n');
    }

    /// <summary>A terminal in memory.</summary>
    private sealed class Screen(TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => 120;

        public int Height => 40;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
