using Changeling.HubStandIn;
using Changeling.Storing;

namespace Changeling.Hubs.Tests;

public class TelemetrySenderTests
{
    private static readonly TimeSpan NoFarewell = TimeSpan.FromMilliseconds(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_messages_arrive_once_each_and_in_the_order_of_their_host()
    {
        await using var local = await LocalHub.StartAsync();
        await using var sender = new TelemetrySender(local.Endpoint, LocalHub.Name);
        var progress = new Reported();

        await sender.SendAsync(
            Enumerable.Range(0, 10_000).Select(n => Some.Message(n, hosts: 7, fillBytes: 1_200)), progress, Cancellation);

        Assert.Equal((10_000, 10_000, 10_000), (sender.Sent, sender.SentInARow, progress.Highest));
        Assert.Equal(10_000, local.Hub.Count);
        Assert.All(Enumerable.Range(0, 7), host => Assert.Equal(
            Enumerable.Range(0, 10_000).Where(n => n % 7 == host).Select(n => Some.Text(n, fillBytes: 1_200)),
            local.Hub.Messages.Where(m => m.PartitionKey == $"ws-{host:0000}").Select(m => Some.Text(m.Body))));
    }

    [Fact]
    public async Task The_messages_of_many_hosts_keep_their_order_from_round_to_round()
    {
        await using var local = await LocalHub.StartAsync();
        await using var sender = new TelemetrySender(local.Endpoint, LocalHub.Name);

        await sender.SendAsync(Enumerable.Range(0, 12_000).Select(n => Some.Message(n, hosts: 1_000)), null, Cancellation);

        Assert.All(local.Hub.Messages.GroupBy(m => m.PartitionKey), host =>
            Assert.Equal(host.Select(m => Some.Text(m.Body)).Order(StringComparer.Ordinal), host.Select(m => Some.Text(m.Body))));
        Assert.Equal(12_000, local.Hub.Count);
    }

    [Fact]
    public async Task A_message_without_a_host_has_no_key()
    {
        await using var local = await LocalHub.StartAsync();
        await using var sender = new TelemetrySender(local.Endpoint, LocalHub.Name);

        await sender.SendAsync(
            [new OutgoingMessage(null, "no json"u8.ToArray(), "letters:1"), new OutgoingMessage("", "{}"u8.ToArray(), "letters:2")],
            null,
            Cancellation);

        Assert.Equal(2, local.Hub.Count);
        Assert.All(local.Hub.Messages, m => Assert.Null(m.PartitionKey));
    }

    [Fact]
    public async Task An_enqueued_time_travels_with_the_message()
    {
        await using var local = await LocalHub.StartAsync();
        await using var sender = new TelemetrySender(local.Endpoint, LocalHub.Name);
        var time = new DateTimeOffset(2026, 5, 4, 9, 30, 0, 125, TimeSpan.FromHours(2));

        await sender.SendAsync(
            [Some.Message(0, 1) with { EnqueuedTime = time }, Some.Message(1, 1) with { EnqueuedTime = time.AddMinutes(3) }],
            null,
            Cancellation);

        Assert.Equal([time, time.AddMinutes(3)], local.Hub.Messages.Select(m => m.EnqueuedTime));
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_named_and_the_others_of_its_round_are_sent()
    {
        await using var local = await LocalHub.StartAsync();
        await using var sender = new TelemetrySender(local.Endpoint, LocalHub.Name);
        var large = new OutgoingMessage("ws-0000", new byte[1_100_000], "big.jsonl:2");

        var error = await Assert.ThrowsAsync<InvalidDataException>(
            () => sender.SendAsync([Some.Message(0, 1), large, Some.Message(1, 1)], null, Cancellation));

        Assert.Equal(
            "big.jsonl:2 cannot be sent: it has 1,100,000 bytes, and a message on hub 'detections' can have 1,048,576, headers included; shorten it, or leave it out.",
            error.Message);
        Assert.Equal((2, 1), (sender.Sent, sender.SentInARow));
    }

    [Fact]
    public async Task What_a_hub_that_does_not_exist_took_is_nothing()
    {
        await using var local = await LocalHub.StartAsync();
        await using var sender = new TelemetrySender(local.Endpoint, "telemetry");

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => sender.SendAsync([Some.Message(0, 1)], null, Cancellation));

        Assert.StartsWith(
            "sending stopped at events.jsonl:1: hub 'telemetry' does not exist (ResourceNotFound)",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal((0, 0), (sender.Sent, sender.SentInARow));
    }

    [Fact]
    public async Task After_a_refusal_the_first_message_that_may_be_missing_is_named_and_nothing_before_it_is()
    {
        await using var local = await LocalHub.StartAsync();
        await using var sender = new TelemetrySender(local.Endpoint, LocalHub.Name, LocalHub.Quick, NoFarewell);
        local.Server.Faults.OnSend = attempt =>
            attempt.PartitionKey == "ws-0003" && local.Hub.Count > 5_000 ? SendFault.Throttle : SendFault.None;

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => sender.SendAsync(Enumerable.Range(0, 12_000).Select(n => Some.Message(n, hosts: 7)), null, Cancellation));

        var arrived = local.Hub.Messages.Select(m => Some.Text(m.Body)).ToHashSet(StringComparer.Ordinal);
        var missing = Enumerable.Range(0, 12_000).First(n => !arrived.Contains(Some.Text(n)));
        Assert.StartsWith(
            $"sending stopped at events.jsonl:{missing + 1}: hub 'detections' is throttling (ServiceBusy)",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal((local.Hub.Count, missing), (sender.Sent, sender.SentInARow));
        Assert.InRange(missing, 5_000, 11_999);
    }

    [Fact]
    public async Task An_interrupted_run_says_where_to_continue_and_continuing_loses_nothing()
    {
        await using var local = await LocalHub.StartAsync();
        await using var sender = new TelemetrySender(local.Endpoint, LocalHub.Name);
        using var interruption = new CancellationTokenSource();
        local.Server.Faults.OnSend = attempt =>
        {
            if (local.Hub.Count >= 6_000) interruption.Cancel();
            return SendFault.None;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => sender.SendAsync(Enumerable.Range(0, 12_000).Select(n => Some.Message(n, hosts: 500)), null, interruption.Token));
        local.Server.Faults.OnSend = null;
        var (sent, inARow) = (sender.Sent, (int)sender.SentInARow);
        Assert.Equal(local.Hub.Count, sent);
        Assert.InRange(inARow, 5_000, 11_999);
        await using var next = new TelemetrySender(local.Endpoint, LocalHub.Name);
        await next.SendAsync(Enumerable.Range(inARow, 12_000 - inARow).Select(n => Some.Message(n, hosts: 500)), null, Cancellation);

        Assert.Equal(
            Enumerable.Range(0, 12_000).Select(n => Some.Text(n)),
            local.Hub.Messages.Select(m => Some.Text(m.Body)).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_interrupted_run_does_not_wait_for_a_hub_that_is_silent()
    {
        await using var local = await LocalHub.StartAsync();
        await using var sender = new TelemetrySender(local.Endpoint, LocalHub.Name, LocalHub.Quick, NoFarewell);
        local.Server.Faults.AnswerDelay = TimeSpan.FromHours(1);
        using var interruption = new CancellationTokenSource();

        var sending = sender.SendAsync([Some.Message(0, 1)], null, interruption.Token);
        await local.Hub.WaitForCountAsync(1, Cancellation);
        await interruption.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Equal((0, 0), (sender.Sent, sender.SentInARow));
    }

    [Fact]
    public async Task An_interruption_waits_for_the_answer_to_what_is_on_its_way()
    {
        await using var local = await LocalHub.StartAsync();
        await using var sender = new TelemetrySender(local.Endpoint, LocalHub.Name);
        using var interruption = new CancellationTokenSource();
        local.Server.Faults.OnSend = _ =>
        {
            interruption.Cancel();
            return SendFault.None;
        };

        await sender.SendAsync([Some.Message(0, 1)], null, interruption.Token);

        Assert.Equal((1, 1), (sender.Sent, sender.SentInARow));
    }

    private sealed class Reported : IProgress<long>
    {
        private long _highest;

        public long Highest => Interlocked.Read(ref _highest);

        public void Report(long value)
        {
            for (var seen = Highest; value > seen; seen = Highest) Interlocked.CompareExchange(ref _highest, value, seen);
        }
    }
}
