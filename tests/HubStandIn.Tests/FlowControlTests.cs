using Azure.Messaging.EventHubs.Consumer;
using Changeling.HubStandIn.Tests.Support;

namespace Changeling.HubStandIn.Tests;

public sealed class FlowControlTests : HubTest
{
    [Theory]
    [InlineData(1000, 0, null)]
    [InlineData(30, 1, null)]
    [InlineData(3000, 50, null)]
    [InlineData(1000, 300, 20_000L)]
    [InlineData(3000, 300, 2_000_000L)]
    public async Task Every_event_arrives_in_order_however_little_the_client_asks_for_at_a_time(
        int events, int prefetch, long? prefetchBytes)
    {
        for (var i = 0; i < events; i++) Hub.Append(0, BitConverter.GetBytes(i).Concat(new byte[i % 2000]).ToArray());
        var receiver = Receiver("0", EventPosition.Earliest, options =>
        {
            options.PrefetchCount = prefetch;
            options.PrefetchSizeInBytes = prefetchBytes;
        });

        var received = new List<int>();
        while (received.Count < events)
        {
            var batch = await ReceiveAsync(receiver, Math.Min(received.Count % 97 + 1, events - received.Count));
            received.AddRange(batch.Select(each => BitConverter.ToInt32(each.EventBody)));
        }

        Assert.Equal(Enumerable.Range(0, events), received);
    }

    [Fact]
    public async Task A_reader_that_stops_gets_no_more_than_it_asked_for()
    {
        for (var i = 0; i < 400; i++) Hub.Append(0, new byte[100]);
        var receiver = Receiver("0", EventPosition.Earliest, options => options.PrefetchCount = 20);

        await ReceiveAsync(receiver, 5);

        // A client that got more than its credit closes the link with an error.
        Assert.Equal(395, (await ReceiveAsync(receiver, 395)).Count);
        Assert.Single(Hub.Readers);
    }

    [Fact]
    public async Task Large_events_pass_a_client_that_asks_for_hundreds_at_once()
    {
        for (var i = 0; i < 60; i++) Hub.Append(1, new byte[500_000]);

        var received = await ReceiveAsync(Receiver("1", EventPosition.Earliest, options => options.PrefetchCount = 300), 60);

        Assert.All(received, each => Assert.Equal(500_000, each.EventBody.ToMemory().Length));
    }
}
