using Changeling.Cli.Hubs;
using Changeling.Hubs;
using Changeling.HubStandIn;
using Spectre.Console;

namespace Changeling.Cli.Tests.Hubs;

/// <summary>What <c>send</c> says when it stops, in process: nothing has to win a race.</summary>
public sealed class SendingTests : IDisposable
{
    private readonly StringWriter _output = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_interruption_says_where_to_continue_counting_what_was_skipped()
    {
        await using var hubs = await LocalHubs.StartAsync();
        await using var sender = new TelemetrySender(hubs.Endpoint, "telemetry");
        using var interruption = new CancellationTokenSource();
        hubs.Server.Faults.OnSend = _ =>
        {
            if (hubs.Telemetry.Count >= 5_000) interruption.Cancel();
            return SendFault.None;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Sending(sender, skipped: 40).RunAsync(Messages(30_000), interruption.Token));

        Assert.Equal($"{sender.Sent:N0} messages were sent; continue with --skip {40 + sender.SentInARow}.", _output.ToString().TrimEnd());
        Assert.InRange(sender.SentInARow, 5_000, 29_999);
    }

    [Fact]
    public async Task A_file_that_breaks_off_is_an_error_that_says_where_to_continue()
    {
        await using var hubs = await LocalHubs.StartAsync();
        await using var sender = new TelemetrySender(hubs.Endpoint, "telemetry");
        var messages = Messages(5_001).Concat(
            Enumerable.Range(0, 1).Select(OutgoingMessage (_) => throw new CliException("events.jsonl.gz is cut short.")));

        var error = await Assert.ThrowsAsync<CliException>(() => Sending(sender).RunAsync(messages, Cancellation));

        Assert.Equal("events.jsonl.gz is cut short. 5,000 messages were sent; continue with --skip 5000.", error.Message);
    }

    [Fact]
    public async Task One_message_is_counted_in_the_singular()
    {
        await using var hubs = await LocalHubs.StartAsync();
        await using var sender = new TelemetrySender(hubs.Endpoint, "telemetry");

        await Sending(sender).RunAsync(Messages(1), Cancellation);

        Assert.Equal("1 message sent to hub telemetry", _output.ToString().TrimEnd());
    }

    [Fact]
    public async Task A_hub_that_takes_nothing_is_named_and_nothing_was_sent()
    {
        await using var hubs = await LocalHubs.StartAsync();
        await using var sender = new TelemetrySender(hubs.Endpoint, "telemetri");

        var error = await Assert.ThrowsAsync<CliException>(() => Sending(sender).RunAsync(Messages(3), Cancellation));

        Assert.StartsWith("sending stopped at events.jsonl:1: hub 'telemetri' does not exist", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was sent.", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _output.Dispose();

    private static IEnumerable<OutgoingMessage> Messages(int count) =>
        Enumerable.Range(0, count).Select(n => new OutgoingMessage(LocalHubs.Host(n), "{}"u8.ToArray(), $"events.jsonl:{n + 1}"));

    private Sending Sending(TelemetrySender sender, int skipped = 0, InteractionSupport interactive = InteractionSupport.No) =>
        new(sender, "telemetry", skipped, AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Interactive = interactive,
            Out = new AnsiConsoleOutput(_output),
        }));
}
