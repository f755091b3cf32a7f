using System.Text;
using Changeling.Storing;

namespace Changeling.Hubs.Tests;

public class HubTailTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_that_is_there_is_read_to_its_end_in_the_order_of_its_partition()
    {
        await using var local = await LocalHub.StartAsync();
        for (var n = 0; n < 5_000; n++) local.Hub.Append(n % 3, Encoding.UTF8.GetBytes(Some.Text(n)));
        await using var tail = new HubTail(local.Endpoint, LocalHub.Name);

        var read = await tail.ReadAsync(fromStart: true, untilEnd: true, Cancellation).ToListAsync(Cancellation);

        Assert.All(Enumerable.Range(0, 4), partition => Assert.Equal(
            local.Hub.Partitions[partition].Messages.Select(m => (m.SequenceNumber, Some.Text(m.Body))),
            read.Where(m => m.PartitionId == $"{partition}").Select(m => (m.SequenceNumber, Some.Text(m.Body)))));
        Assert.Equal(5_000, read.Count);
    }

    [Fact]
    public async Task A_message_is_read_with_what_its_sender_said_of_it()
    {
        await using var local = await LocalHub.StartAsync();
        await using var hub = new DetectionHub(local.Endpoint, LocalHub.Name);
        await hub.SendAsync([Some.Detection(1)], Cancellation);
        await using var tail = new HubTail(local.Endpoint, LocalHub.Name);

        var message = Assert.Single(await tail.ReadAsync(fromStart: true, untilEnd: true, Cancellation).ToListAsync(Cancellation));

        var kept = local.Hub.Messages[0];
        Assert.Equal(($"{kept.Partition}", 0, kept.EnqueuedTime), (message.PartitionId, message.SequenceNumber, message.EnqueuedTime));
        Assert.Equal(("ws-0417", Some.Id(1), "application/json"), (message.PartitionKey, message.MessageId, message.ContentType));
        Assert.Equal([("class_uid", 2004), ("is_alert", true), ("rule", "unusual-process-by-parent"), ("severity", (object)"Low")],
            message.Properties.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => (p.Key, p.Value)));
    }

    [Fact]
    public async Task Where_nothing_is_or_nothing_is_wanted_the_end_is_reached_at_once()
    {
        await using var local = await LocalHub.StartAsync();
        await using var tail = new HubTail(local.Endpoint, LocalHub.Name);

        Assert.Empty(await tail.ReadAsync(fromStart: true, untilEnd: true, Cancellation).ToListAsync(Cancellation));
        local.Hub.Append(0, "{}"u8.ToArray());
        Assert.Empty(await tail.ReadAsync(fromStart: false, untilEnd: true, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task From_now_on_leaves_out_what_was_there_and_nothing_that_comes()
    {
        await using var local = await LocalHub.StartAsync(partitions: 1);
        local.Hub.Append(0, "old"u8.ToArray());
        await using var tail = new HubTail(local.Endpoint, LocalHub.Name);
        await using var reading = tail.ReadAsync(fromStart: false, untilEnd: false, Cancellation).GetAsyncEnumerator(Cancellation);

        var first = reading.MoveNextAsync().AsTask();
        while (!first.IsCompleted)
        {
            local.Hub.Append(0, "new"u8.ToArray());
            await Task.WhenAny(first, Task.Delay(20, Cancellation));
        }

        var expected = reading.Current.SequenceNumber;
        do Assert.Equal(("new", expected++), (Some.Text(reading.Current.Body), reading.Current.SequenceNumber));
        while (expected <= local.Hub.Partitions[0].LastSequenceNumber && await reading.MoveNextAsync());
    }

    [Fact]
    public async Task Closed_links_and_cut_connections_lose_and_double_nothing()
    {
        await using var local = await LocalHub.StartAsync(partitions: 1);
        await using var tail = new HubTail(local.Endpoint, LocalHub.Name, HubTail.DefaultGroup, LocalHub.Quick);
        await using var reading = tail.ReadAsync(fromStart: true, untilEnd: false, Cancellation).GetAsyncEnumerator(Cancellation);

        for (var n = 0; n < 6; n++)
        {
            local.Hub.Append(0, Encoding.UTF8.GetBytes(Some.Text(n)));
            Assert.True(await reading.MoveNextAsync());
            Assert.Equal(n, reading.Current.SequenceNumber);
            if (n == 1) Assert.Equal(1, local.Server.Faults.CloseReaders());
            if (n == 3) Assert.Equal(1, local.Server.Faults.CutConnections());
        }
    }

    [Fact]
    public async Task Cancellation_ends_the_reading_without_an_exception()
    {
        await using var local = await LocalHub.StartAsync();
        local.Hub.Append(2, "{}"u8.ToArray());
        await using var tail = new HubTail(local.Endpoint, LocalHub.Name);
        using var stop = new CancellationTokenSource();
        var read = 0;

        await foreach (var _ in tail.ReadAsync(fromStart: true, untilEnd: false, stop.Token))
        {
            read++;
            await stop.CancelAsync();
        }

        Assert.Equal(1, read);
    }

    [Fact]
    public async Task Cancellation_before_the_first_answer_ends_it_as_well()
    {
        await using var tail = new HubTail(LocalHub.Nowhere(), LocalHub.Name);

        Assert.Empty(
            await tail.ReadAsync(fromStart: true, untilEnd: false, new CancellationToken(canceled: true)).ToListAsync(Cancellation));
    }

    [Theory]
    [InlineData("telemetry", HubTail.DefaultGroup,
        "hub 'telemetry' does not exist (ResourceNotFound); check its name and that of the namespace, or create it.")]
    [InlineData(LocalHub.Name, "siem", "hub 'detections' has no consumer group 'siem' (ResourceNotFound); create it, or name another.")]
    public async Task What_does_not_exist_is_named(string hub, string group, string sentence)
    {
        await using var local = await LocalHub.StartAsync();
        await using var tail = new HubTail(local.Endpoint, hub, group);

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(
            async () => await tail.ReadAsync(fromStart: true, untilEnd: false, Cancellation).ToListAsync(Cancellation));

        Assert.Equal(sentence, error.Message);
    }

    [Fact]
    public async Task A_hub_that_cannot_be_reached_is_named()
    {
        await using var tail = new HubTail(LocalHub.Nowhere(), LocalHub.Name, HubTail.DefaultGroup, LocalHub.Quick);

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(
            async () => await tail.ReadAsync(fromStart: true, untilEnd: false, Cancellation).ToListAsync(Cancellation));

        Assert.StartsWith("hub 'detections' cannot be reached", error.Message, StringComparison.Ordinal);
    }
}
