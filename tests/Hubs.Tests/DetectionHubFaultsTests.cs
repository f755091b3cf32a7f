using Changeling.HubStandIn;
using Changeling.Storing;

namespace Changeling.Hubs.Tests;

/// <summary>A hub that throttles, fails, is not there or does not answer, and calls that are cancelled.</summary>
public class DetectionHubFaultsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Throttling_is_waited_out()
    {
        await using var local = await LocalHub.StartAsync();
        await using var hub = new DetectionHub(local.Endpoint, LocalHub.Name, LocalHub.Quick);
        local.Server.Faults.ThrottleNext(2);

        await hub.SendAsync([Some.Detection(1), Some.Detection(2)], Cancellation);

        Assert.Equal(2, local.Server.Faults.Throttled);
        Assert.Equal([Some.Id(1), Some.Id(2)], local.Hub.Messages.Select(m => m.MessageId));
    }

    [Fact]
    public async Task Throttling_without_end_fails_with_what_to_do()
    {
        await using var local = await LocalHub.StartAsync();
        await using var hub = new DetectionHub(local.Endpoint, LocalHub.Name, LocalHub.Quick);
        local.Server.Faults.OnSend = _ => SendFault.Throttle;

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => hub.SendAsync([Some.Detection(1)], Cancellation));

        Assert.Equal("hub 'detections' is throttling (ServiceBusy); wait, or raise the namespace's throughput units.", error.Message);
    }

    [Fact]
    public async Task A_hub_that_fails_is_asked_no_more_for_the_hosts_that_wait()
    {
        await using var local = await LocalHub.StartAsync();
        await using var hub = new DetectionHub(local.Endpoint, LocalHub.Name, LocalHub.Quick);
        var asked = 0;
        local.Server.Faults.OnSend = _ =>
        {
            Interlocked.Increment(ref asked);
            return SendFault.Throttle;
        };

        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => hub.SendAsync([.. Enumerable.Range(0, 300).Select(n => Some.Detection(n, $"ws-{n}"))], Cancellation));

        Assert.InRange(asked, 4, 4 * 16);
    }

    [Fact]
    public async Task Closed_links_and_cut_connections_are_opened_again()
    {
        await using var local = await LocalHub.StartAsync();
        await using var hub = new DetectionHub(local.Endpoint, LocalHub.Name, LocalHub.Quick);

        await hub.SendAsync([Some.Detection(1)], Cancellation);
        Assert.Equal(1, local.Server.Faults.CloseSenders());
        await hub.SendAsync([Some.Detection(2)], Cancellation);
        Assert.Equal(1, local.Server.Faults.CutConnections());
        await hub.SendAsync([Some.Detection(3)], Cancellation);

        // A message that the closing link still took is sent again over the new one.
        Assert.Equal([Some.Id(1), Some.Id(2), Some.Id(3)], local.Hub.Messages.Select(m => m.MessageId).Distinct());
    }

    [Fact]
    public async Task After_a_lost_answer_the_repeat_has_the_same_id_and_bytes()
    {
        await using var local = await LocalHub.StartAsync();
        await using var hub = new DetectionHub(local.Endpoint, LocalHub.Name, LocalHub.Quick);
        local.Server.Faults.LoseNextAnswers(1);

        await hub.SendAsync([Some.Detection(1)], Cancellation);

        Assert.Equal([Some.Id(1), Some.Id(1)], local.Hub.Messages.Select(m => m.MessageId));
        Assert.Equal(local.Hub.Messages[0].Body.ToArray(), local.Hub.Messages[1].Body.ToArray());
    }

    [Fact]
    public async Task A_hub_that_does_not_exist_is_named()
    {
        await using var local = await LocalHub.StartAsync();
        await using var hub = new DetectionHub(local.Endpoint, "detection");

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => hub.SendAsync([Some.Detection(1)], Cancellation));

        Assert.Equal(
            "hub 'detection' does not exist (ResourceNotFound); check its name and that of the namespace, or create it.", error.Message);
    }

    [Fact]
    public async Task A_hub_that_cannot_be_reached_is_named()
    {
        await using var hub = new DetectionHub(LocalHub.Nowhere(), LocalHub.Name, LocalHub.Quick);

        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => hub.SendAsync([Some.Detection(1)], Cancellation));

        Assert.Equal(
            "hub 'detections' cannot be reached (ServiceCommunicationProblem); check the namespace's name, the network and its firewall.",
            error.Message);
    }

    [Fact]
    public async Task A_cancelled_call_ends_while_the_hub_is_silent()
    {
        await using var local = await LocalHub.StartAsync();
        await using var hub = new DetectionHub(local.Endpoint, LocalHub.Name, LocalHub.Quick);
        local.Server.Faults.AnswerDelay = TimeSpan.FromHours(1);
        using var cancellation = new CancellationTokenSource();

        var sending = hub.SendAsync([Some.Detection(1)], cancellation.Token);
        await local.Hub.WaitForCountAsync(1, Cancellation);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_before_it_begins_asks_for_nothing()
    {
        await using var local = await LocalHub.StartAsync();
        await using var hub = new DetectionHub(local.Endpoint, LocalHub.Name);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => hub.SendAsync([Some.Detection(1)], new CancellationToken(canceled: true)));

        Assert.Empty(local.Hub.Messages);
    }
}
