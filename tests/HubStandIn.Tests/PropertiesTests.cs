using Changeling.HubStandIn.Tests.Support;

namespace Changeling.HubStandIn.Tests;

public sealed class PropertiesTests : HubTest
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    protected override HubServerOptions Options => base.Options with { Time = _time };

    [Fact]
    public async Task A_hub_tells_its_name_age_and_partitions()
    {
        var properties = await Consumer().GetEventHubPropertiesAsync(Cancellation);

        Assert.Equal(HubName, properties.Name);
        Assert.Equal(_time.GetUtcNow(), properties.CreatedOn);
        Assert.Equal(["0", "1", "2", "3"], properties.PartitionIds);
        Assert.False(properties.IsGeoReplicationEnabled);
    }

    [Fact]
    public async Task A_partition_tells_its_last_event()
    {
        Hub.Append(2, "a"u8.ToArray());
        _time.Advance(TimeSpan.FromMinutes(1));
        var last = Hub.Append(2, "b"u8.ToArray());

        var properties = await Producer().GetPartitionPropertiesAsync("2", Cancellation);

        Assert.Equal(0, properties.BeginningSequenceNumber);
        Assert.Equal(1, properties.LastEnqueuedSequenceNumber);
        Assert.Equal(last.Offset, properties.LastEnqueuedOffsetString);
        Assert.Equal(_time.GetUtcNow(), properties.LastEnqueuedTime);
        Assert.False(properties.IsEmpty);
    }

    [Fact]
    public async Task A_partition_without_events_is_empty()
    {
        var properties = await Producer().GetPartitionPropertiesAsync("3", Cancellation);

        Assert.True(properties.IsEmpty);
        Assert.Equal(0, properties.BeginningSequenceNumber);
        Assert.Equal(-1, properties.LastEnqueuedSequenceNumber);
        Assert.Equal("-1", properties.LastEnqueuedOffsetString);
    }
}
