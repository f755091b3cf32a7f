using System.Diagnostics;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using Azure.Messaging.EventHubs.Producer;
using Changeling.HubStandIn.Tests.Support;

namespace Changeling.HubStandIn.Tests;

public sealed class ThroughputTests(ITestOutputHelper output) : HubTest
{
    [Fact]
    public async Task Ten_thousand_events_go_through_four_partitions()
    {
        const int EventsEach = 2500;
        var body = new byte[1200];
        var producer = Producer();
        var clock = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async partition =>
        {
            var options = new CreateBatchOptions { PartitionId = $"{partition}" };
            for (var sent = 0; sent < EventsEach;)
            {
                using var batch = await producer.CreateBatchAsync(options, Cancellation);
                while (sent + batch.Count < EventsEach && batch.Count < 500) Assert.True(batch.TryAdd(new EventData(body)));
                await producer.SendAsync(batch, Cancellation);
                sent += batch.Count;
            }
        }));
        var sending = clock.Elapsed;

        var received = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(partition => ReceiveAsync(Receiver($"{partition}", EventPosition.Earliest), EventsEach)));

        Assert.All(
            received,
            events => Assert.Equal(Enumerable.Range(0, EventsEach).Select(i => (long)i), events.Select(each => each.SequenceNumber)));
        output.WriteLine($"sent in {sending.TotalMilliseconds:n0} ms, read in {(clock.Elapsed - sending).TotalMilliseconds:n0} ms");
    }
}
