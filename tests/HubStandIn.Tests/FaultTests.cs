using System.Globalization;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using Azure.Messaging.EventHubs.Producer;
using Changeling.HubStandIn.Tests.Support;

namespace Changeling.HubStandIn.Tests;

public sealed class FaultTests : HubTest
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    protected override HubServerOptions Options => base.Options with { Time = _time };

    [Fact]
    public async Task The_client_sends_again_what_was_throttled()
    {
        Server.Faults.ThrottleNext(3);

        await SendAsync(0, "a");

        Assert.Equal(["a"], Bodies(Hub.Messages));
        Assert.Equal(3, Server.Faults.Throttled);
    }

    [Fact]
    public async Task The_client_gives_up_when_the_hub_stays_busy()
    {
        Server.Faults.ThrottleNext(100);

        var exception = await Assert.ThrowsAsync<EventHubsException>(() => SendAsync(0, "a"));

        Assert.Equal(EventHubsException.FailureReason.ServiceBusy, exception.Reason);
        Assert.Empty(Hub.Messages);
    }

    [Fact]
    public async Task A_predicate_chooses_which_sends_go_wrong()
    {
        var seen = new List<SendAttempt>();
        Server.Faults.OnSend = attempt =>
        {
            seen.Add(attempt);
            return attempt.Partition == 1 ? SendFault.Throttle : SendFault.None;
        };

        await SendAsync(0, "a", "b");
        await Assert.ThrowsAsync<EventHubsException>(() => SendAsync(1, "c"));

        Assert.Equal(["a", "b"], Bodies(Hub.Messages));
        Assert.Equal(new SendAttempt(HubName, 0, null, 2), seen[0]);
    }

    [Fact]
    public async Task A_lost_answer_leaves_the_events_in_the_hub_twice()
    {
        Server.Faults.LoseNextAnswers(1);

        await SendAsync(0, "a", "b");

        Assert.Equal(["a", "b", "a", "b"], Bodies(Hub.Messages));
        Assert.Equal(1, Server.Faults.AnswersLost);
    }

    [Fact]
    public async Task A_late_answer_keeps_the_sender_waiting_although_the_event_is_there()
    {
        Server.Faults.AnswerDelay = TimeSpan.FromMinutes(1);
        var sending = SendAsync(0, "a");
        await Hub.WaitForAsync(0, 0, Cancellation);

        Assert.False(sending.IsCompleted);

        await _time.TimerStarted.WaitAsync(Cancellation);
        _time.Advance(TimeSpan.FromMinutes(1));
        await sending;
    }

    [Fact]
    public async Task A_producer_goes_on_when_its_link_was_closed()
    {
        var producer = Producer();
        await producer.SendAsync([new EventData("a")], Cancellation);

        Assert.Equal(1, Server.Faults.CloseSenders());
        await producer.SendAsync([new EventData("b")], Cancellation);

        Assert.Equal(["a", "b"], Bodies(Hub.Messages));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reader_misses_and_doubles_nothing_when_its_link_or_connection_goes(bool connection)
    {
        const int Events = 3000;
        for (var i = 0; i < Events; i++) Hub.Append(0, System.Text.Encoding.UTF8.GetBytes($"{i}"));
        var receiver = Receiver("0", EventPosition.Earliest);

        var received = new List<int>();
        var interruptions = 0;
        while (received.Count < Events)
        {
            received.AddRange((await receiver.ReceiveBatchAsync(100, TimeSpan.FromMilliseconds(20), Cancellation)).Select(Number));
            if (received.Count / 1000 <= interruptions) continue;

            interruptions++;
            Assert.Equal(1, connection ? Server.Faults.CutConnections() : Server.Faults.CloseReaders(HubName, 0));
        }

        Assert.Equal(3, interruptions);
        Assert.Equal(Enumerable.Range(0, Events), received);
    }

    [Fact]
    public async Task Senders_lose_nothing_when_connections_are_cut_under_them()
    {
        var producer = Producer();
        var cuts = 0;
        for (var i = 0; i < 100; i++)
        {
            var sending = producer.SendAsync([new EventData($"{i}")], new SendEventOptions { PartitionId = "0" }, Cancellation);
            if (i % 20 == 10) cuts += Server.Faults.CutConnections();
            await sending;
        }

        // A cut may come between store and answer: then the event is there twice.
        Assert.True(cuts > 0);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), Bodies(Hub.Messages).Distinct());
    }

    private static int Number(EventData data) => int.Parse(data.EventBody.ToString(), CultureInfo.InvariantCulture);
}
