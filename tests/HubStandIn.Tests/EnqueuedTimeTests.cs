using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using Azure.Messaging.EventHubs.Producer;
using Changeling.HubStandIn.Tests.Support;

namespace Changeling.HubStandIn.Tests;

public sealed class EnqueuedTimeTests : HubTest
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly ManualTime _time = new(Morning);

    protected override HubServerOptions Options => base.Options with { Time = _time };

    [Fact]
    public async Task Without_a_stamp_it_is_the_servers_clock()
    {
        await SendAsync(0, "a");
        _time.Advance(TimeSpan.FromMinutes(5));
        await SendAsync(0, "b");

        Assert.Equal([Morning, Morning.AddMinutes(5)], await TimesAsync(2));
    }

    [Fact]
    public async Task A_sender_may_stamp_single_events_and_those_of_a_batch()
    {
        var producer = Producer();
        var times = Enumerable.Range(0, 4).Select(i => Morning.AddDays(-2).AddSeconds(i)).ToArray();
        await producer.SendAsync([Stamped(times[0])], new SendEventOptions { PartitionId = "0" }, Cancellation);
        using var batch = await producer.CreateBatchAsync(new CreateBatchOptions { PartitionId = "0" }, Cancellation);
        Assert.All(times[1..], time => Assert.True(batch.TryAdd(Stamped(time))));

        await producer.SendAsync(batch, Cancellation);

        Assert.Equal(times, await TimesAsync(4));
    }

    [Fact]
    public async Task A_stamp_may_be_a_date_with_an_offset_or_one_in_universal_time()
    {
        var time = Morning.AddHours(-1);
        await Producer().SendAsync(
            [Stamped(time.ToOffset(TimeSpan.FromHours(7)))], new SendEventOptions { PartitionId = "0" }, Cancellation);
        await Producer().SendAsync([Stamped(time.UtcDateTime)], new SendEventOptions { PartitionId = "0" }, Cancellation);

        Assert.Equal([time, time], await TimesAsync(2));
    }

    [Fact]
    public async Task Within_a_partition_time_never_goes_backwards()
    {
        EventData[] events =
        [
            Stamped(Morning.AddHours(2)), Stamped(Morning.AddHours(1)), Stamped(Morning.AddHours(3)), new EventData("now"),
        ];
        await Producer().SendAsync(events, new SendEventOptions { PartitionId = "0" }, Cancellation);
        Hub.Append(1, "x"u8.ToArray(), Morning.AddHours(1));

        Assert.Equal([2, 2, 3, 3], (await TimesAsync(4)).Select(time => (time - Morning).TotalHours));
        Assert.Equal(Morning.AddHours(1), Hub.Partitions[1].Messages[0].EnqueuedTime);
    }

    private static EventData Stamped(object time)
    {
        var data = new EventData("x");
        data.GetRawAmqpMessage().MessageAnnotations[HubAnnotations.EnqueuedTime] = time;
        return data;
    }

    private async Task<DateTimeOffset[]> TimesAsync(int count) =>
        [.. (await ReceiveAsync(Receiver("0", EventPosition.Earliest), count)).Select(each => each.EnqueuedTime)];
}
