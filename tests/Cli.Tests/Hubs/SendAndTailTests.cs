using System.Text;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Hubs;

/// <summary><c>send</c> and <c>tail</c> through the sockets of the hub's stand-in.</summary>
public sealed class SendAndTailTests : IAsyncDisposable
{
    private const int Many = 5_000;

    private readonly Scratch _folder = new();
    private LocalHubs? _hubs;

    [Fact]
    public async Task Five_thousand_messages_arrive_once_each_and_in_the_order_of_their_host()
    {
        var hubs = await StartAsync();
        var lines = Enumerable.Range(0, Many).Select(LocalHubs.Line).ToArray();
        _folder.Write("telemetry.jsonl", Encoding.UTF8.GetBytes(string.Join('\n', lines)));

        var sent = await Terminal.RunAsync(_folder, ["send", "telemetry.jsonl", .. hubs.Named("telemetry")]);
        var tailed =
            await Terminal.RunAsync(_folder, ["tail", .. hubs.Named("telemetry"), "--from-start", "--count", $"{Many}", "-o", "got.jsonl"]);

        Assert.Equal("5,000 messages sent to hub telemetry\n", sent.Succeeded().Output.ReplaceLineEndings("\n"));
        Assert.Equal(
            $"5,000 messages from hub telemetry written to {_folder["got.jsonl"]}\n", tailed.Succeeded().Output.ReplaceLineEndings("\n"));
        Assert.All(Enumerable.Range(0, 7).Select(LocalHubs.Host), host =>
            Assert.Equal(lines.Where((_, n) => LocalHubs.Host(n) == host), LocalHubs.Bodies(hubs.Telemetry, host)));
        Assert.Equal(lines.Order(StringComparer.Ordinal), File.ReadLines(_folder["got.jsonl"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_there_is_read_to_its_end_and_pipes_get_one_message_a_line()
    {
        var hubs = await StartAsync();
        foreach (var body in new[] { "{\"a\":\r\n1}", "{\"b\":2}", "{\"c\":3}" }) hubs.Detections.Append(0, Encoding.UTF8.GetBytes(body));

        var outcome = await Terminal.RunAsync(_folder, ["tail", .. hubs.Named("detections"), "--from-start", "--until-end"]);

        Assert.Equal("{\"a\":  1}\n{\"b\":2}\n{\"c\":3}\n", outcome.Succeeded().Output);
    }

    [Fact]
    public async Task A_finding_is_one_line_for_people_and_its_bytes_for_programs()
    {
        var hubs = await StartAsync();
        var finding = File.ReadAllText(RepositoryRoot.Combine("samples", "detection.json")).Trim();
        hubs.Detections.Append(0, Encoding.UTF8.GetBytes(finding));
        hubs.Detections.Append(0, "{\"a\":1}"u8.ToArray());
        string[] tail = ["tail", .. hubs.Named("detections"), "--from-start", "--until-end"];

        var people = await Terminal.RunAsync(_folder, tail);
        var narrow = await Terminal.RunAsync(_folder, [.. tail, "--width", "60"]);
        var programs = await Terminal.RunAsync(_folder, [.. tail, "--json"]);
        var toFile = await Terminal.RunAsync(_folder, [.. tail, "-o", "got.jsonl"]);

        var bytes = $"{finding}\n{{\"a\":1}}\n";
        Assert.Matches(
            @"^11-02 15:10:26  high( alert)?  +web-0201  w3wp\.exe -> .* \| Process with a Very High Malicious Probability \+4\n{""a"":1}\n$",
            people.Succeeded().Output);
        Assert.Equal(60, narrow.Succeeded().Output.IndexOf('\n', StringComparison.Ordinal));
        Assert.Equal(bytes, programs.Succeeded().Output);
        toFile.Succeeded();
        Assert.Equal(bytes, File.ReadAllText(_folder["got.jsonl"]));
    }

    [Theory]
    [InlineData("59")]
    [InlineData("1001")]
    [InlineData("-1")]
    public async Task A_width_that_cannot_be_is_refused(string width)
    {
        var hubs = await StartAsync();

        var outcome = await Terminal.RunAsync(_folder, ["tail", .. hubs.Named("detections"), "--width", width]);

        outcome.RefusedWith($"lines cannot have a width of {width}", "--width");
    }

    [Fact]
    public async Task The_connection_string_can_stand_in_the_environment()
    {
        var hubs = await StartAsync();
        hubs.Detections.Append(0, "{}"u8.ToArray());

        var outcome = await Terminal.RunAsync(
            _folder, new Dictionary<string, string> { ["EventHubConnection"] = hubs.Server.ConnectionString }, "tail", "--hub",
            "detections", "--from-start", "--until-end");

        Assert.Equal("{}\n", outcome.Succeeded().Output);
    }

    [Fact]
    public async Task A_message_that_no_hub_takes_is_named_with_where_to_continue()
    {
        var hubs = await StartAsync();
        var large = $"{{\"text\":\"{new string('a', 1_100_000)}\"}}";
        _folder.Write("big.jsonl", Encoding.UTF8.GetBytes($"{LocalHubs.Line(0)}\n{large}\n{LocalHubs.Line(1)}\n"));

        var outcome = await Terminal.RunAsync(_folder, ["send", "big.jsonl", .. hubs.Named("telemetry")]);

        outcome.FailedWith("big.jsonl:2 cannot be sent", "1,100,011 bytes", "2 messages were sent; continue with --skip 1.");
    }

    [Fact]
    public async Task A_hub_that_does_not_exist_is_one_sentence()
    {
        var hubs = await StartAsync();

        var outcome = await Terminal.RunAsync(_folder, ["tail", .. hubs.Named("telemetri")]);

        outcome.RefusedWith("hub 'telemetri' does not exist", "check its name");
    }

    [Fact]
    public async Task Ctrl_C_in_the_middle_of_a_send_says_where_to_continue_and_continuing_loses_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGINT to send.");
        var hubs = await StartAsync();
        var lines = Enumerable.Range(0, 6_000).Select(LocalHubs.Line).ToArray();
        _folder.Write("telemetry.jsonl", Encoding.UTF8.GetBytes(string.Join('\n', lines)));

        // The second round is stored and never answered: the process cannot end before the signal.
        hubs.Server.Faults.OnSend = _ =>
        {
            if (hubs.Telemetry.Count >= 5_000) hubs.Server.Faults.AnswerDelay = TimeSpan.FromHours(1);
            return HubStandIn.SendFault.None;
        };
        using var send =
            CommandProcess.StartInterruptible(CommandProcess.Info(_folder, ["send", "telemetry.jsonl", .. hubs.Named("telemetry")]));
        var sent = CommandProcess.FeedAsync(send, []);
        await hubs.Telemetry.WaitForCountAsync(5_001, TestContext.Current.CancellationToken);

        await CommandProcess.SignalAsync("INT", send.Id);

        var interrupted = await sent;
        Assert.Equal((130, "changeling: interrupted\n"), (interrupted.ExitCode, interrupted.Errors));
        Assert.Equal("5,000 messages were sent; continue with --skip 5000.\n", interrupted.Output);
        hubs.Server.Faults.OnSend = null;
        hubs.Server.Faults.AnswerDelay = TimeSpan.Zero;
        (await Terminal.RunAsync(_folder, ["send", "telemetry.jsonl", "--skip", "5000", .. hubs.Named("telemetry")])).Succeeded();
        Assert.Equal(lines.Order(StringComparer.Ordinal), LocalHubs.Bodies(hubs.Telemetry).Distinct().Order(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (_hubs is not null) await _hubs.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<LocalHubs> StartAsync() => _hubs = await LocalHubs.StartAsync();
}
