using Changeling.Storing;

namespace Changeling.Core.Tests.Storing;

public class InMemoryDetectionHubTests
{
    private static readonly ReadOnlyMemory<byte> One = "{\"n\":1}"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Two = "{\"n\":2}"u8.ToArray();

    [Fact]
    public async Task What_was_sent_is_kept_in_order_and_repeats_stand_twice()
    {
        var hub = new InMemoryDetectionHub();

        await hub.SendAsync([One, Two], TestContext.Current.CancellationToken);
        await hub.SendAsync([One], TestContext.Current.CancellationToken);

        Assert.Equal([One, Two, One], hub.Sent);
    }

    [Fact]
    public async Task A_request_that_fails_keeps_nothing_and_an_empty_one_cannot_fail()
    {
        var hub = new InMemoryDetectionHub(() => new StoreUnavailableException("The hub is throttling."));

        await hub.SendAsync([], TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => hub.SendAsync([One], TestContext.Current.CancellationToken));

        Assert.Equal("The hub is throttling.", error.Message);
        Assert.Empty(hub.Sent);
    }

    [Fact]
    public async Task A_cancelled_request_keeps_nothing()
    {
        var hub = new InMemoryDetectionHub();

        await Assert.ThrowsAsync<OperationCanceledException>(() => hub.SendAsync([One], new CancellationToken(canceled: true)));

        Assert.Empty(hub.Sent);
    }
}
