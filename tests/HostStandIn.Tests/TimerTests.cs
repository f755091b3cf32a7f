using Changeling.HostStandIn.Tests.Support;

namespace Changeling.HostStandIn.Tests;

/// <summary>Timer functions.</summary>
public sealed class TimerTests(OddHost odd)
{
    [Fact]
    public async Task A_timer_gets_its_schedules_status()
    {
        await using var host = await OddApp.StartAsync(o => o with { Time = new ManualTime() });

        var result = await host.InvokeTimerAsync("Tick", Token);

        Assert.True(result.Succeeded, result.Failure);
        Assert.Contains(
            result.Logs, line => line.EndsWith("ticked, past due: False, next: 11/24/2026 09:00:00 +00:00", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_timer_with_a_retry_policy_is_tried_again()
    {
        var result = await odd.Host.InvokeTimerAsync("TickInTheEnd", Token);

        Assert.True(result.Succeeded, result.Failure);
    }

    [Fact]
    public async Task A_timer_that_the_app_lacks_is_a_sentence()
    {
        var failure = await Assert.ThrowsAsync<HostFailedException>(() => odd.Host.InvokeTimerAsync("ObeyOnce", Token));

        Assert.Equal("The app has no timer function ObeyOnce.", failure.Message);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
