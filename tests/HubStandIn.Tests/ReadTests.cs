using Azure.Messaging.EventHubs.Consumer;
using Changeling.HubStandIn.Tests.Support;

namespace Changeling.HubStandIn.Tests;

public sealed class ReadTests : HubTest
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_reader_begins_at_the_position_it_asks_for()
    {
        var third = AppendFive()[2];
        var positions = new (EventPosition From, string Expected)[]
        {
            (EventPosition.Earliest, "01234"),
            (EventPosition.FromSequenceNumber(2, isInclusive: true), "234"),
            (EventPosition.FromSequenceNumber(2, isInclusive: false), "34"),
            (EventPosition.FromOffset(third.Offset, isInclusive: true), "234"),
            (EventPosition.FromOffset(third.Offset, isInclusive: false), "34"),
            (EventPosition.FromEnqueuedTime(Morning.AddMinutes(2)), "34"),
            (EventPosition.FromEnqueuedTime(Morning.AddMinutes(2).AddMilliseconds(-1)), "234"),
            (EventPosition.FromEnqueuedTime(Morning.AddDays(-1)), "01234"),
        };

        foreach (var (from, expected) in positions)
        {
            await using var receiver = Receiver("0", from);
            Assert.Equal(expected, string.Concat(Bodies(await ReceiveAsync(receiver, expected.Length))));
        }
    }

    [Fact]
    public async Task A_reader_from_the_latest_gets_only_what_comes_after_it()
    {
        AppendFive();
        var receiver = Receiver("0", EventPosition.Latest);
        Assert.Empty(await receiver.ReceiveBatchAsync(10, TimeSpan.FromMilliseconds(50), Cancellation));

        Hub.Append(0, "new"u8.ToArray());

        Assert.Equal(["new"], Bodies(await ReceiveAsync(receiver, 1)));
    }

    [Fact]
    public async Task A_reader_from_the_last_position_waits_for_the_next_event()
    {
        var last = AppendFive()[^1];
        var receiver = Receiver("0", EventPosition.FromOffset(last.Offset, isInclusive: false));
        var next = ReceiveAsync(receiver, 1);
        await Hub.WaitForReadersAsync(readers => readers.Count == 1, Cancellation);

        Hub.Append(0, "new"u8.ToArray());

        Assert.Equal(["new"], Bodies(await next));
    }

    [Fact]
    public async Task A_position_behind_the_end_is_an_invalid_argument()
    {
        AppendFive();

        await Assert.ThrowsAsync<ArgumentException>(
            () => ReceiveAsync(Receiver("0", EventPosition.FromSequenceNumber(9, isInclusive: false)), 1));
        await Assert.ThrowsAsync<ArgumentException>(
            () => ReceiveAsync(Receiver("0", EventPosition.FromOffset("999999", isInclusive: false)), 1));
    }

    [Fact]
    public async Task An_event_shows_where_and_when_it_was_enqueued()
    {
        var appended = AppendFive();

        var received = await ReceiveAsync(Receiver("0", EventPosition.Earliest), 5);

        Assert.Equal(appended.Select(each => each.SequenceNumber), received.Select(each => each.SequenceNumber));
        Assert.Equal(appended.Select(each => each.Offset), received.Select(each => each.OffsetString));
        Assert.Equal(appended.Select(each => each.EnqueuedTime), received.Select(each => each.EnqueuedTime));
    }

    [Fact]
    public async Task Each_consumer_group_reads_everything()
    {
        AppendFive();

        Assert.Equal(5, (await ReceiveAsync(Receiver("0", EventPosition.Earliest), 5)).Count);
        Assert.Equal(5, (await ReceiveAsync(Receiver("0", EventPosition.Earliest, group: "second"), 5)).Count);
    }

    [Fact]
    public async Task The_consumer_client_reads_all_partitions()
    {
        for (var i = 0; i < 400; i++) Hub.Append(i % 4, System.Text.Encoding.UTF8.GetBytes($"{i}"));

        var bodies = new List<string>();
        await foreach (var each in Consumer().ReadEventsAsync(Cancellation))
        {
            bodies.Add(each.Data.EventBody.ToString());
            if (bodies.Count == 400) break;
        }

        Assert.Equal(Enumerable.Range(0, 400).Select(i => $"{i}").Order(), bodies.Order());
    }

    [Fact]
    public async Task A_reader_may_ask_how_far_it_is_behind()
    {
        var appended = AppendFive();
        var receiver = Receiver("0", EventPosition.Earliest, options => options.TrackLastEnqueuedEventProperties = true);

        await ReceiveAsync(receiver, 1);

        var last = receiver.ReadLastEnqueuedEventProperties();
        Assert.Equal(4, last.SequenceNumber);
        Assert.Equal(appended[^1].Offset, last.OffsetString);
        Assert.Equal(appended[^1].EnqueuedTime, last.EnqueuedTime);
    }

    private HubMessage[] AppendFive() =>
        [.. Enumerable.Range(0, 5).Select(i => Hub.Append(0, System.Text.Encoding.UTF8.GetBytes($"{i}"), Morning.AddMinutes(i)))];
}
