using Azure.Messaging.EventHubs.Consumer;
using Changeling.HubStandIn.Tests.Support;

namespace Changeling.HubStandIn.Tests;

public sealed class RetentionTests : HubTest
{
    protected override HubServerOptions Options => new() { Hubs = [new HubDefinition(HubName, 1) { MaxEventsPerPartition = 10 }] };

    [Fact]
    public async Task The_oldest_events_go_and_the_begin_moves()
    {
        AppendNumbers(25);

        var properties = await Consumer().GetPartitionPropertiesAsync("0", Cancellation);

        Assert.Equal(15, properties.BeginningSequenceNumber);
        Assert.Equal(24, properties.LastEnqueuedSequenceNumber);
        Assert.Equal(Enumerable.Range(15, 10).Select(i => $"{i}"), Bodies(Hub.Messages));
        Assert.Equal(15, Hub.Partitions[0].FirstSequenceNumber);
        Assert.Equal(25, Hub.Count);
    }

    [Fact]
    public async Task An_expired_position_starts_at_the_earliest_event_kept()
    {
        var expired = AppendNumbers(25)[3];
        var positions = new[]
        {
            EventPosition.Earliest,
            EventPosition.FromSequenceNumber(expired.SequenceNumber, isInclusive: true),
            EventPosition.FromSequenceNumber(expired.SequenceNumber, isInclusive: false),
            EventPosition.FromOffset(expired.Offset, isInclusive: false),
        };

        foreach (var position in positions)
        {
            var first = Assert.Single(await ReceiveAsync(Receiver("0", position), 1));
            Assert.Equal(15, first.SequenceNumber);
            Assert.Equal("15", first.EventBody.ToString());
        }
    }

    [Fact]
    public async Task A_reader_overtaken_by_retention_goes_on_with_the_earliest_event_kept()
    {
        AppendNumbers(5);
        var receiver = Receiver("0", EventPosition.Earliest, options => options.PrefetchCount = 0);
        await ReceiveAsync(receiver, 5);

        AppendNumbers(100);

        Assert.Equal(Enumerable.Range(95, 10).Select(i => (long)i), (await ReceiveAsync(receiver, 10)).Select(each => each.SequenceNumber));
    }

    private HubMessage[] AppendNumbers(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Hub.Append(0, System.Text.Encoding.UTF8.GetBytes($"{i}")))];
}
