using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using Azure.Messaging.EventHubs.Producer;
using Changeling.HubStandIn.Tests.Support;

namespace Changeling.HubStandIn.Tests;

public sealed class NotFoundTests : HubTest
{
    [Fact]
    public async Task A_hub_that_does_not_exist_is_not_found_by_any_operation()
    {
        await NotFoundAsync(() => Producer("other").SendAsync([new EventData("x")], Cancellation));
        await NotFoundAsync(() => Producer("other").GetEventHubPropertiesAsync(Cancellation));
        await NotFoundAsync(() => Consumer(hub: "other").GetPartitionPropertiesAsync("0", Cancellation));
        await NotFoundAsync(
            async () =>
                await Consumer(hub: "other")
                    .ReadEventsFromPartitionAsync("0", EventPosition.Earliest, Cancellation)
                    .FirstAsync(Cancellation));
    }

    [Fact]
    public async Task A_consumer_group_that_does_not_exist_is_not_found() =>
        await NotFoundAsync(() => ReceiveAsync(Receiver("0", EventPosition.Earliest, group: "third"), 1));

    [Theory]
    [InlineData("4")]
    [InlineData("-1")]
    [InlineData("first")]
    public async Task A_partition_that_does_not_exist_is_an_argument_out_of_range(string partition)
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ReceiveAsync(Receiver(partition, EventPosition.Earliest), 1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Producer().SendAsync([new EventData("x")], new SendEventOptions { PartitionId = partition }, Cancellation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Consumer().GetPartitionPropertiesAsync(partition, Cancellation));
    }

    [Fact]
    public async Task Names_are_found_whatever_their_letter_case()
    {
        await Producer("TELEMETRY").SendAsync([new EventData("x")], new SendEventOptions { PartitionId = "0" }, Cancellation);

        Assert.Single(await ReceiveAsync(Receiver("0", EventPosition.Earliest, group: "$default"), 1));
    }

    private static async Task NotFoundAsync(Func<Task> operation)
    {
        var exception = await Assert.ThrowsAsync<EventHubsException>(operation);
        Assert.Equal(EventHubsException.FailureReason.ResourceNotFound, exception.Reason);
    }
}
