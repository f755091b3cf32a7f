using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using Azure.Messaging.EventHubs.Primitives;
using Changeling.HubStandIn.Tests.Support;

namespace Changeling.HubStandIn.Tests;

public sealed class OwnerLevelTests : HubTest
{
    [Theory]
    [InlineData(0L, 0L)]
    [InlineData(1L, 2L)]
    [InlineData(null, 0L)]
    public async Task A_newcomer_with_an_equal_or_higher_level_disconnects_the_reader_before_it(long? present, long level)
    {
        var old = await AttachedAsync(present);

        var newcomer = await AttachedAsync(level);

        await DisconnectedAsync(old);
        Hub.Append(0, "x"u8.ToArray());
        Assert.Single(await ReceiveAsync(newcomer, 1));
    }

    [Theory]
    [InlineData(2L, 1L)]
    [InlineData(0L, null)]
    public async Task A_newcomer_with_a_lower_level_or_none_is_refused(long present, long? level)
    {
        var owner = await AttachedAsync(present);

        await DisconnectedAsync(Reader(level));

        Hub.Append(0, "x"u8.ToArray());
        Assert.Single(await ReceiveAsync(owner, 1));
    }

    [Fact]
    public async Task A_level_counts_only_in_its_own_partition_and_consumer_group()
    {
        await AttachedAsync(5);

        await AttachedAsync(1, partition: "1");
        await AttachedAsync(1, group: "second");

        Assert.Equal([5, 1, 1], Hub.Readers.Select(reader => reader.OwnerLevel));
    }

    [Fact]
    public async Task When_the_owner_has_left_anyone_may_read()
    {
        var owner = await AttachedAsync(5);

        await owner.CloseAsync(Cancellation);
        await Hub.WaitForReadersAsync(readers => readers.Count == 0, Cancellation);

        await AttachedAsync(null);
        Assert.Null(Assert.Single(Hub.Readers).OwnerLevel);
    }

    [Fact]
    public async Task Five_may_read_beside_each_other_and_the_sixth_exceeds_the_quota()
    {
        for (var i = 0; i < 5; i++) await AttachedAsync(null);

        var exception = await Assert.ThrowsAsync<EventHubsException>(() => AttachedAsync(null));

        Assert.Equal(EventHubsException.FailureReason.QuotaExceeded, exception.Reason);
    }

    private PartitionReceiver Reader(long? level, string partition = "0", string group = HubDefinition.DefaultConsumerGroup) =>
        Receiver(partition, EventPosition.Earliest, options => options.OwnerLevel = level, group);

    private async Task<PartitionReceiver> AttachedAsync(
        long? level, string partition = "0", string group = HubDefinition.DefaultConsumerGroup)
    {
        var reader = Reader(level, partition, group);
        Assert.Empty(await reader.ReceiveBatchAsync(1, TimeSpan.FromMilliseconds(1), Cancellation));
        return reader;
    }

    private static async Task DisconnectedAsync(PartitionReceiver reader)
    {
        var exception =
            await Assert.ThrowsAsync<EventHubsException>(() => reader.ReceiveBatchAsync(1, TimeSpan.FromSeconds(10), Cancellation));
        Assert.Equal(EventHubsException.FailureReason.ConsumerDisconnected, exception.Reason);
    }
}
