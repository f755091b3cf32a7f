using System.Diagnostics;
using System.Text;
using Changeling.TestSupport;

namespace Changeling.Cli.Tests.Hubs;

/// <summary><c>send</c> and <c>tail</c> as processes, through the mock cluster's sockets.</summary>
public sealed class SendAndTailTests : IDisposable
{
    private const int Many = 10_000;

    private readonly Scratch _folder = new();
    private readonly MockCluster _cluster = new();

    [Fact]
    public async Task Ten_thousand_messages_arrive_once_each_and_in_order_of_their_host()
    {
        var lines = Enumerable.Range(0, Many).Select(Line).ToArray();
        _folder.Write("telemetry.jsonl", Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        await _cluster.ProduceAsync("telemetry", "{\"first\":true}");
        using var tail = Terminal.Start(Terminal.Info(_folder, "tail", "--bootstrap", _cluster.Servers, "--hub", "telemetry", "--from-start", "--count", $"{Many + 1}", "-o", "got.jsonl"));
        var tailed = Terminal.FeedAsync(tail, []);

        var sent = await Terminal.RunAsync(_folder, "send", "telemetry.jsonl", "--bootstrap", _cluster.Servers, "--hub", "telemetry");

        Assert.Contains("10,000 messages → telemetry", sent.Succeeded().Output, StringComparison.Ordinal);
        (await tailed).Succeeded();
        var got = File.ReadAllLines(_folder["got.jsonl"]).Where(l => !l.Contains("first", StringComparison.Ordinal)).ToList();
        Assert.Equal(lines.Order(StringComparer.Ordinal), got.Order(StringComparer.Ordinal));
        Assert.All(Enumerable.Range(0, 7), host => Assert.Equal(lines.Where(l => IsOf(l, host)), got.Where(l => IsOf(l, host))));
    }

    [Fact]
    public async Task What_is_there_is_read_to_its_end_and_pipes_get_one_message_a_line()
    {
        await _cluster.ProduceAsync("detections", "{\"a\":\n1}", "{\"b\":2}", "{\"c\":3}");

        var outcome = await Terminal.RunAsync(_folder, "tail", "--bootstrap", _cluster.Servers, "--hub", "detections", "--from-start", "--until-end");

        Assert.Equal(["{\"a\": 1}", "{\"b\":2}", "{\"c\":3}"], outcome.Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Bodies_of_dead_letters_in_base64_arrive_as_the_bytes_they_were()
    {
        _folder.Write("letters.base64", Encoding.ASCII.GetBytes(Convert.ToBase64String("no json"u8) + "\n"));

        (await Terminal.RunAsync(_folder, "send", "--base64", "letters.base64", "--bootstrap", _cluster.Servers, "--hub", "telemetry")).Succeeded();
        var outcome = await Terminal.RunAsync(_folder, "tail", "--bootstrap", _cluster.Servers, "--hub", "telemetry", "--from-start", "--until-end");

        Assert.Equal("no json\n", outcome.Succeeded().Output);
    }

    [Fact]
    public async Task Ctrl_C_ends_a_tail_with_success_and_a_whole_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGINT to send.");
        await _cluster.ProduceAsync("detections", "{\"n\":1}", "{\"n\":2}");
        using var tail = StartInterruptible("tail", "--bootstrap", _cluster.Servers, "--hub", "detections", "--from-start", "-o", "got.jsonl");
        var ended = Terminal.FeedAsync(tail, []);
        while (!File.Exists(_folder["got.jsonl"]) || new FileInfo(_folder["got.jsonl"]).Length < 16) await Task.Delay(100, TestContext.Current.CancellationToken);

        await Terminal.SignalAsync("INT", tail.Id);

        var outcome = await ended;
        Assert.Contains("2 messages of detections", outcome.Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllLines(_folder["got.jsonl"]).Length);
    }

    [Fact]
    public async Task Ctrl_C_in_the_middle_of_a_send_says_where_to_go_on_and_going_on_loses_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGINT to send.");
        var lines = Enumerable.Range(0, 12_000).Select(Line).ToArray(); // the mock keeps 5 MB a partition
        _folder.Write("telemetry.jsonl", Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        await _cluster.ProduceAsync("telemetry", "{\"first\":true}");
        using var tail = StartInterruptible("tail", "--bootstrap", _cluster.Servers, "--hub", "telemetry", "-o", "seen.jsonl");
        var tailed = Terminal.FeedAsync(tail, []);
        using var send = StartInterruptible("send", "telemetry.jsonl", "--bootstrap", _cluster.Servers, "--hub", "telemetry");
        var sent = Terminal.FeedAsync(send, []);
        while (!send.HasExited && (!File.Exists(_folder["seen.jsonl"]) || new FileInfo(_folder["seen.jsonl"]).Length == 0)) await Task.Delay(20, TestContext.Current.CancellationToken);

        await Terminal.SignalAsync("INT", send.Id);
        var interrupted = await sent;
        await Terminal.SignalAsync("INT", tail.Id);
        await tailed;

        Assert.SkipWhen(interrupted.ExitCode == 0, "It was faster than the signal.");
        Assert.Equal(130, interrupted.ExitCode);
        Assert.Equal("changeling: interrupted\n", interrupted.Errors);
        var skip = interrupted.Output.Split("--skip ")[1].Split(' ')[0];
        (await Terminal.RunAsync(_folder, "send", "telemetry.jsonl", "--skip", skip, "--bootstrap", _cluster.Servers, "--hub", "telemetry")).Succeeded();
        (await Terminal.RunAsync(_folder, "tail", "--bootstrap", _cluster.Servers, "--hub", "telemetry", "--from-start", "--until-end", "-o", "all.jsonl")).Succeeded();
        Assert.Empty(lines.Except(File.ReadLines(_folder["all.jsonl"])));
    }

    [Fact]
    public async Task A_message_that_no_hub_takes_is_named_with_where_to_go_on()
    {
        var large = $"{{\"text\":\"{new string('a', 1_100_000)}\"}}";
        _folder.Write("big.jsonl", Encoding.UTF8.GetBytes($"{Line(0)}\n{large}\n{Line(1)}\n"));

        var outcome = await Terminal.RunAsync(_folder, "send", "big.jsonl", "--bootstrap", _cluster.Servers, "--hub", "telemetry");

        outcome.FailedWith("big.jsonl:2", "1 MB", "--skip");
    }

    [Fact]
    public async Task A_hub_that_does_not_answer_is_named_with_what_to_check()
    {
        var outcome = await Terminal.RunAsync(_folder, "tail", "--hub", "telemetry", "--bootstrap", "127.0.0.1:1");

        outcome.RefusedWith("'telemetry'", "cannot be reached", "check the name, the network");
    }

    [Theory]
    [InlineData("no hub is named", "--bootstrap", "127.0.0.1:9092")]
    [InlineData("name one way to the hub", "--hub", "telemetry")]
    [InlineData("name one way to the hub", "--hub", "telemetry", "--namespace", "evhns-a", "--bootstrap", "127.0.0.1:9092")]
    [InlineData("nothing is encrypted", "--hub", "telemetry", "--bootstrap", "broker.example.org:9092")]
    [InlineData("HOST:PORT", "--hub", "telemetry", "--bootstrap", "localhost")]
    [InlineData("is no namespace", "--hub", "telemetry", "--namespace", "not a name")]
    [InlineData("is not one of Event Hubs", "--hub", "telemetry", "--connection-string", "AccountName=x;AccountKey=YQ==")]
    [InlineData("on the machine that it runs on", "--hub", "telemetry", "--connection-string", "Endpoint=sb://emulator.example.org;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true")]
    public async Task A_hub_that_cannot_be_is_refused_in_one_sentence(string sentence, params string[] arguments)
    {
        var outcome = await Terminal.RunAsync(_folder, ["tail", .. arguments]);

        outcome.RefusedWith(sentence);
    }

    public void Dispose()
    {
        _cluster.Dispose();
        _folder.Dispose();
    }

    private Process StartInterruptible(params string[] arguments) => Terminal.StartInterruptible(Terminal.Info(_folder, arguments));

    private static string Line(int number) =>
        Encoding.UTF8.GetString(Telemetry.Record("explorer.exe", $"child{number}.exe", guid: $"{{{number:x8}-0000-0000-0000-000000000000}}", host: $"ws-{number % 7:0000}"));

    private static bool IsOf(string line, int host) => line.Contains($"ws-{host:0000}", StringComparison.Ordinal);
}
