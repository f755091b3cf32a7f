using Changeling.HubStandIn;
using Changeling.Storing;

namespace Changeling.Hubs.Tests;

public class DetectionHubTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("story.ocsf.json")]
    [InlineData("story.ecs.json")]
    public async Task A_detection_arrives_as_it_was_written_with_key_id_and_properties(string name)
    {
        await using var local = await LocalHub.StartAsync();
        await using var hub = new DetectionHub(local.Endpoint, LocalHub.Name);

        await hub.SendAsync([Some.Golden(name)], Cancellation);

        var message = Assert.Single(local.Hub.Messages);
        Assert.Equal(Some.Golden(name).ToArray(), message.Body.ToArray());
        Assert.Equal("ws-0417.corp.example", message.PartitionKey);
        Assert.Equal("3310fec3-579a-577b-a9c4-9e8f6003029e", message.MessageId);
        Assert.Equal("application/json", message.ContentType);
        Assert.Equal(2004, Assert.IsType<int>(message.ApplicationProperties["class_uid"]));
        Assert.Equal("unusual-process-by-parent", message.ApplicationProperties["rule"]);
        Assert.Equal("High", message.ApplicationProperties["severity"]);
        Assert.True(Assert.IsType<bool>(message.ApplicationProperties["is_alert"]));
    }

    [Theory]
    [InlineData("two-hosts.ocsf.json")]
    [InlineData("two-hosts.ecs.json")]
    public async Task An_incident_arrives_as_it_was_written_with_its_id_as_key_and_properties_to_filter_by(string name)
    {
        await using var local = await LocalHub.StartAsync();
        await using var hub = new DetectionHub(local.Endpoint, LocalHub.Name);

        await hub.SendAsync([Some.GoldenIncident(name)], Cancellation);

        const string incident = "0d9c9c0e-41b7-5b7e-8a55-3b1f3f6f2c10";
        var message = Assert.Single(local.Hub.Messages);
        Assert.Equal(Some.GoldenIncident(name).ToArray(), message.Body.ToArray());
        Assert.Equal(incident, message.PartitionKey);
        Assert.NotEqual(incident, message.MessageId);
        Assert.Equal("application/json", message.ContentType);
        Assert.Equal(2005, Assert.IsType<int>(message.ApplicationProperties["class_uid"]));
        Assert.Equal(incident, message.ApplicationProperties["incident"]);
        Assert.Equal("update", message.ApplicationProperties["activity"]);
        Assert.Equal("Critical", message.ApplicationProperties["severity"]);
        Assert.True(Assert.IsType<bool>(message.ApplicationProperties["is_alert"]));
        Assert.DoesNotContain("rule", message.ApplicationProperties.Keys);
    }

    [Fact]
    public async Task The_messages_about_an_incident_arrive_in_their_order()
    {
        await using var local = await LocalHub.StartAsync();
        await using var hub = new DetectionHub(local.Endpoint, LocalHub.Name);

        await hub.SendAsync(
            [.. new[] { "one-finding", "two-hosts", "closed" }.Select(name => Some.GoldenIncident($"{name}.ocsf.json"))], Cancellation);

        Assert.Equal(["create", "update", "close"], local.Hub.Messages.Select(m => m.ApplicationProperties["activity"]));
        Assert.Single(local.Hub.Messages.Select(m => m.PartitionKey).Distinct());
    }

    [Fact]
    public async Task A_stored_body_that_is_no_detection_is_reported_and_keeps_no_other_back()
    {
        await using var local = await LocalHub.StartAsync();
        var damaged = new List<int>();
        await using var hub = new DetectionHub(local.Endpoint, LocalHub.Name, damaged.Add);
        ReadOnlyMemory<byte> cut = Some.Golden("story.ocsf.json")[..1000], nothing = Array.Empty<byte>();

        await hub.SendAsync([Some.Detection(1), cut, Some.Detection(2), nothing, Some.GoldenIncident("closed.ecs.json")], Cancellation);
        await hub.SendAsync([cut], Cancellation);
        await hub.SendAsync([Some.Detection(3)], Cancellation);

        Assert.Equal([2, 1], damaged);
        Assert.Equal(4, local.Hub.Messages.Count);
        Assert.Equal(
            [Some.Id(1), Some.Id(2), Some.Id(3)],
            local.Hub.Messages.Where(m => m.PartitionKey == "ws-0417").Select(m => m.MessageId));
    }

    [Fact]
    public async Task The_number_of_a_message_that_is_too_large_is_counted_with_damaged_ones()
    {
        await using var local = await LocalHub.StartAsync(maxMessageBytes: 8 * 1024);
        await using var hub = new DetectionHub(local.Endpoint, LocalHub.Name);

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => hub.SendAsync([Array.Empty<byte>(), Some.Detection(1, fillBytes: 20_000)], Cancellation));

        Assert.Contains("a detection of 20,", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_detection_about_no_host_has_its_id_as_key()
    {
        await using var local = await LocalHub.StartAsync();
        await using var hub = new DetectionHub(local.Endpoint, LocalHub.Name);

        await hub.SendAsync([Some.Detection(7, host: null)], Cancellation);

        Assert.Equal(Some.Id(7), Assert.Single(local.Hub.Messages).PartitionKey);
    }

    [Fact]
    public async Task A_host_with_a_name_longer_than_a_key_is_sent_too()
    {
        await using var local = await LocalHub.StartAsync();
        await using var hub = new DetectionHub(local.Endpoint, LocalHub.Name);

        await hub.SendAsync([Some.Detection(1, new string('h', 253))], Cancellation);

        Assert.Equal(PartitionKey.Of(new string('h', 253)), Assert.Single(local.Hub.Messages).PartitionKey);
    }

    [Fact]
    public async Task The_detections_of_a_host_arrive_in_their_order()
    {
        await using var local = await LocalHub.StartAsync();
        await using var hub = new DetectionHub(local.Endpoint, LocalHub.Name);

        await hub.SendAsync([.. Enumerable.Range(0, 500).Select(n => Some.Detection(n, $"ws-{n % 5}"))], Cancellation);

        Assert.All(Enumerable.Range(0, 5), host => Assert.Equal(
            Enumerable.Range(0, 500).Where(n => n % 5 == host).Select(Some.Id),
            local.Hub.Messages.Where(m => m.PartitionKey == $"ws-{host}").Select(m => m.MessageId)));
    }

    [Fact]
    public async Task Three_hundred_hosts_at_once_are_three_hundred_messages()
    {
        await using var local = await LocalHub.StartAsync();
        await using var hub = new DetectionHub(local.Endpoint, LocalHub.Name);

        await hub.SendAsync([.. Enumerable.Range(0, 300).Select(n => Some.Detection(n, $"ws-{n}"))], Cancellation);

        Assert.Equal(Enumerable.Range(0, 300).Select(Some.Id), local.Hub.Messages.Select(m => m.MessageId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Invocations_of_several_partitions_share_the_hub()
    {
        await using var local = await LocalHub.StartAsync();
        await using var hub = new DetectionHub(local.Endpoint, LocalHub.Name);

        await Task.WhenAll(
            Enumerable.Range(0, 16).Select(
                call => hub.SendAsync([.. Enumerable.Range(call * 10, 10).Select(n => Some.Detection(n, $"ws-{n}"))], Cancellation)));

        Assert.Equal(Enumerable.Range(0, 160).Select(Some.Id), local.Hub.Messages.Select(m => m.MessageId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task More_than_one_batch_takes_is_sent_in_several_and_in_order()
    {
        await using var local = await LocalHub.StartAsync();
        await using var hub = new DetectionHub(local.Endpoint, LocalHub.Name);
        var batches = 0;
        local.Server.Faults.OnSend = _ =>
        {
            Interlocked.Increment(ref batches);
            return SendFault.None;
        };

        await hub.SendAsync([.. Enumerable.Range(0, 60).Select(n => Some.Detection(n, fillBytes: 50_000))], Cancellation);

        Assert.Equal(3, batches);
        Assert.Equal(Enumerable.Range(0, 60).Select(Some.Id), local.Hub.Messages.Select(m => m.MessageId));
    }

    [Fact]
    public async Task A_detection_that_no_batch_takes_is_an_error_and_the_others_are_sent()
    {
        await using var local = await LocalHub.StartAsync(maxMessageBytes: 8 * 1024);
        await using var hub = new DetectionHub(local.Endpoint, LocalHub.Name);

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() =>
            hub.SendAsync(
                [Some.Detection(0), Some.Detection(1, fillBytes: 20_000), Some.Detection(2), Some.Detection(3, "ws-1")], Cancellation));

        Assert.Contains("hub 'detections' does not accept a detection of 20,", error.Message, StringComparison.Ordinal);
        Assert.Equal([Some.Id(0), Some.Id(2), Some.Id(3)], local.Hub.Messages.Select(m => m.MessageId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_detections_are_no_request()
    {
        await using var hub = new DetectionHub(LocalHub.Nowhere(), LocalHub.Name);

        await hub.SendAsync([], Cancellation);
    }
}
