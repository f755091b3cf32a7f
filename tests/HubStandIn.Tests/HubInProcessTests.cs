using Changeling.HubStandIn.Tests.Support;

namespace Changeling.HubStandIn.Tests;

public sealed class HubInProcessTests : HubTest
{
    [Fact]
    public void An_appended_event_can_be_looked_into()
    {
        var properties = new EventProperties
        {
            PartitionKey = "adm-0278",
            MessageId = "id-1",
            ContentType = "application/json",
            CorrelationId = "case-7",
            Application = new Dictionary<string, object?> { ["rule"] = 3, ["alert"] = true, ["class"] = "finding" },
        };

        Hub.Append(1, "body"u8.ToArray(), properties: properties);

        var message = Assert.Single(Hub.Partitions[1].Messages);
        Assert.Equal("body"u8, message.Body.Span);
        Assert.Equal((1, 0L, "0"), (message.Partition, message.SequenceNumber, message.Offset));
        Assert.Equal(
            ("adm-0278", "id-1", "application/json", "case-7"),
            (message.PartitionKey, message.MessageId, message.ContentType, message.CorrelationId));
        Assert.Equal(properties.Application.OrderBy(pair => pair.Key), message.ApplicationProperties.OrderBy(pair => pair.Key));
    }

    [Fact]
    public async Task Who_waits_for_an_event_learns_of_it_when_it_is_sent()
    {
        var third = Hub.WaitForAsync(2, 2, Cancellation);
        var all = Hub.WaitForCountAsync(4, Cancellation);

        await SendAsync(2, "a", "b");
        Assert.False(third.IsCompleted);

        await SendAsync(2, "c");
        await third;
        Assert.False(all.IsCompleted);

        await SendAsync(0, "d");
        await all;
        Assert.Equal(4, Hub.Count);
    }

    [Fact]
    public async Task Who_waits_for_an_event_that_is_there_need_not_wait()
    {
        Hub.Append(0, "a"u8.ToArray());

        Assert.True(Hub.WaitForAsync(0, 0, Cancellation).IsCompletedSuccessfully);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Hub.WaitForAsync(0, 1, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_partition_or_hub_that_does_not_exist_is_named()
    {
        Assert.Contains(
            "4 partitions", Assert.Throws<ArgumentOutOfRangeException>(() => Hub.Append(4, default)).Message, StringComparison.Ordinal);
        Assert.Contains("'other'", Assert.Throws<ArgumentException>(() => Server.Hub("other")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_a_partition_can_be_read()
    {
        for (var i = 0; i < 10; i++) Hub.Append(0, System.Text.Encoding.UTF8.GetBytes($"{i}"));

        Assert.Equal(["4", "5", "6"], Bodies(Hub.Partitions[0].Read(4, 3)));
        Assert.Equal(["9"], Bodies(Hub.Partitions[0].Read(9, 3)));
        Assert.Empty(Hub.Partitions[0].Read(10, 3));
        Assert.Equal(9, Hub.Partitions[0].LastSequenceNumber);
    }
}
