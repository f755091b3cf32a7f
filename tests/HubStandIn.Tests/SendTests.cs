using System.Security.Cryptography;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Consumer;
using Azure.Messaging.EventHubs.Producer;
using Changeling.HubStandIn.Tests.Support;

namespace Changeling.HubStandIn.Tests;

public sealed class SendTests : HubTest
{
    [Fact]
    public async Task A_single_event_arrives_with_its_body_and_properties()
    {
        var sent = new EventData("one")
        {
            MessageId = "id-1",
            ContentType = "application/json",
            CorrelationId = "case-7",
            Properties =
            {
                ["text"] = "words", ["int"] = 42, ["long"] = 1L << 40, ["double"] = 0.5, ["yes"] = true, ["no"] = false,
                ["guid"] = new Guid("11111111-2222-3333-4444-555555555555"), ["none"] = null,
            },
        };

        await Producer().SendAsync([sent], new SendEventOptions { PartitionId = "2" }, Cancellation);

        var received = Assert.Single(await ReceiveAsync(Receiver("2", EventPosition.Earliest), 1));
        Assert.Equal("one", received.EventBody.ToString());
        Assert.Equal("id-1", received.MessageId);
        Assert.Equal("application/json", received.ContentType);
        Assert.Equal("case-7", received.CorrelationId);
        Assert.Equal(sent.Properties.OrderBy(pair => pair.Key), received.Properties.OrderBy(pair => pair.Key));
        Assert.Equal(0, received.SequenceNumber);
        Assert.Null(received.PartitionKey);
    }

    [Fact]
    public async Task Each_event_of_a_batch_keeps_its_own_bytes_and_properties()
    {
        var producer = Producer();
        using var batch = await producer.CreateBatchAsync(new CreateBatchOptions { PartitionId = "1" }, Cancellation);
        var bodies = Enumerable.Range(0, 50).Select(i => RandomNumberGenerator.GetBytes(i * 7)).ToArray();
        for (var i = 0;
             i < bodies.Length;
             i++) Assert.True(batch.TryAdd(new EventData(bodies[i]) { MessageId = $"{i}", Properties = { ["n"] = i } }));

        await producer.SendAsync(batch, Cancellation);

        var received = await ReceiveAsync(Receiver("1", EventPosition.Earliest), bodies.Length);
        Assert.Equal(bodies, received.Select(each => each.EventBody.ToArray()));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), received.Select(each => each.MessageId));
        Assert.Equal(Enumerable.Range(0, 50).Cast<object>(), received.Select(each => each.Properties["n"]));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long)i), received.Select(each => each.SequenceNumber));
    }

    [Fact]
    public async Task Events_of_one_key_go_to_one_partition_and_show_the_key()
    {
        var producer = Producer();
        using (var batch = await producer.CreateBatchAsync(new CreateBatchOptions { PartitionKey = "adm-0278" }, Cancellation))
        {
            Assert.True(batch.TryAdd(new EventData("a")));
            Assert.True(batch.TryAdd(new EventData("b")));
            await producer.SendAsync(batch, Cancellation);
        }

        await producer.SendAsync([new EventData("c")], new SendEventOptions { PartitionKey = "adm-0278" }, Cancellation);

        var partition = Hub.PartitionOf("adm-0278");
        Assert.Equal(["a", "b", "c"], Bodies(Hub.Partitions[partition].Messages));
        Assert.All(Hub.Messages, message => Assert.Equal("adm-0278", message.PartitionKey));
        Assert.All(
            await ReceiveAsync(Receiver($"{partition}", EventPosition.Earliest), 3), each => Assert.Equal("adm-0278", each.PartitionKey));
    }

    [Fact]
    public async Task Many_keys_reach_all_partitions()
    {
        var producer = Producer();
        for (var i = 0;
             i < 60;
             i++) await producer.SendAsync([new EventData("x")], new SendEventOptions { PartitionKey = $"host-{i}" }, Cancellation);

        Assert.All(Hub.Partitions, partition => Assert.InRange(partition.Messages.Count, 5, 30));
    }

    [Fact]
    public async Task Without_key_and_partition_each_batch_goes_whole_to_the_next_partition()
    {
        var producer = Producer();
        for (var i = 0; i < 8; i++) await producer.SendAsync([new EventData($"{i}a"), new EventData($"{i}b")], Cancellation);

        Assert.Equal(["0a", "0b", "4a", "4b"], Bodies(Hub.Partitions[0].Messages));
        Assert.Equal(["3a", "3b", "7a", "7b"], Bodies(Hub.Partitions[3].Messages));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100 * 1024)]
    [InlineData(1024 * 1024 - 2048)]
    public async Task A_body_of_any_size_up_to_the_limit_is_kept(int bytes)
    {
        var body = RandomNumberGenerator.GetBytes(bytes);

        await Producer().SendAsync([new EventData(body)], new SendEventOptions { PartitionId = "0" }, Cancellation);

        Assert.Equal(body, Assert.Single(Hub.Messages).Body.ToArray());
        Assert.Equal(body, Assert.Single(await ReceiveAsync(Receiver("0", EventPosition.Earliest), 1)).EventBody.ToArray());
    }

    [Fact]
    public async Task A_batch_takes_events_up_to_a_mebibyte_and_no_more()
    {
        var producer = Producer();
        using var batch = await producer.CreateBatchAsync(new CreateBatchOptions { PartitionId = "0" }, Cancellation);
        while (batch.TryAdd(new EventData(new byte[10_000])))
        {
            // Until it is full.
        }

        await producer.SendAsync(batch, Cancellation);

        Assert.Equal(1024 * 1024, batch.MaximumSizeInBytes);
        Assert.Equal(batch.Count, Hub.Partitions[0].Messages.Count);
        Assert.InRange(batch.Count, 100, 104);
    }

    [Fact]
    public async Task The_client_refuses_to_send_more_than_the_limit()
    {
        var events = Enumerable.Repeat(new EventData(new byte[300_000]), 4);

        var exception = await Assert.ThrowsAsync<EventHubsException>(() => Producer().SendAsync(events, Cancellation));

        Assert.Equal(EventHubsException.FailureReason.MessageSizeExceeded, exception.Reason);
        Assert.Empty(Hub.Messages);
    }

    [Fact]
    public async Task Annotations_of_the_sender_survive_beside_those_of_the_hub()
    {
        var sent = new EventData("x");
        sent.GetRawAmqpMessage().MessageAnnotations["own"] = "kept";
        sent.GetRawAmqpMessage().MessageAnnotations["x-opt-sequence-number"] = 99L;

        await Producer().SendAsync([sent], new SendEventOptions { PartitionId = "0" }, Cancellation);

        var received = Assert.Single(await ReceiveAsync(Receiver("0", EventPosition.Earliest), 1));
        Assert.Equal("kept", received.GetRawAmqpMessage().MessageAnnotations["own"]);
        Assert.Equal(0, received.SequenceNumber);
    }

    [Fact]
    public async Task Many_sends_at_once_are_all_stored_once()
    {
        var producer = Producer();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => producer.SendAsync([new EventData($"{i}")], Cancellation)));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"{i}").Order(), Bodies(Hub.Messages).Order());
    }
}
