using Changeling.HostStandIn.Tests.Support;

namespace Changeling.HostStandIn.Tests;

/// <summary>The function timeout: the host's clock stands until a test moves it.</summary>
public sealed class TimeoutTests
{
    private static readonly TimeSpan FunctionTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(2);

    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_call_that_heeds_the_cancellation_fails_and_the_worker_goes_on()
    {
        using var meeting = new Meeting();
        await using var host = await OddApp.StartAsync(o => o with { Time = _time });
        var worker = host.ProcessId;
        var call = host.InvokeAsync(Batches.Of($"meet {meeting.Port}"), Token);
        using var begun = await meeting.BegunAsync();

        _time.Advance(FunctionTimeout);

        Assert.Equal("the function ObeyForEver timed out after 00:05:00", (await call).Failure);
        Assert.True((await host.InvokeAsync(Batches.Of("fine"), Token)).Succeeded);
        Assert.Equal((0, worker), (host.Restarts, host.ProcessId));
    }

    [Fact]
    public async Task A_call_that_hangs_takes_the_worker_and_all_other_calls_with_it_and_they_are_retried()
    {
        using var meeting = new Meeting();
        await using var host = await OddApp.StartAsync(o => o with { Time = _time });
        var run = host.RunAsync([Batches.Feed("0", $"meet-first {meeting.Port}")], null, Token);
        using var hanging = await meeting.BegunAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        var other = host.RunAsync([Batches.Feed("1", $"meet-first {meeting.Port}")], null, Token);
        using var waiting = await meeting.BegunAsync();

        _time.Advance(FunctionTimeout - TimeSpan.FromMinutes(1));
        await _time.WaitingAsync(CancelGrace);
        _time.Advance(CancelGrace);

        Assert.Equal(new RunReport(1, 1, 1, 0, 1), await run);
        Assert.Equal(new RunReport(1, 1, 1, 0, 1), await other);
        Assert.Equal(1, host.Restarts);
    }

    [Fact]
    public async Task A_restart_after_a_timeout_or_one_that_the_worker_asks_for_by_exit_code_200_is_not_a_death()
    {
        using var meeting = new Meeting();
        await using var host = await OddApp.StartAsync(o => o with { Time = _time });
        var call = host.InvokeAsync(Batches.Of($"meet-deaf {meeting.Port}"), Token);
        using var begun = await meeting.BegunAsync();
        _time.Advance(FunctionTimeout);
        await _time.WaitingAsync(CancelGrace);
        _time.Advance(CancelGrace);
        Assert.Contains("timed out", (await call).Failure, StringComparison.Ordinal);

        // With two deaths by error these would be four; the third stops the host.
        foreach (var code in new[] { 200, 1, 1 })
            Assert.Equal($"the worker died with exit code {code}", (await host.InvokeAsync(Batches.Of($"exit {code}"), Token)).Failure);

        Assert.True((await host.InvokeAsync(Batches.Of("fine"), Token)).Succeeded);
        Assert.Equal(4, host.Restarts);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
