using Changeling.HostStandIn.Tests.Support;

namespace Changeling.HostStandIn.Tests;

/// <summary>What each way to die means.</summary>
public sealed class DeathTests
{
    [Fact]
    public async Task A_worker_that_is_killed_in_mid_call_fails_all_calls_at_once_and_they_are_retried_after_the_restart()
    {
        using var meeting = new Meeting();
        await using var host = await OddApp.StartAsync();
        var first = host.ProcessId;
        var run =
            host.RunAsync([Batches.Feed("0", $"meet-first {meeting.Port}"), Batches.Feed("1", $"meet-first {meeting.Port}")], null, Token);
        using var one = await meeting.BegunAsync();
        using var other = await meeting.BegunAsync();

        host.Kill();

        Assert.Equal(new RunReport(2, 2, 2, 0, 1), await run);
        Assert.NotEqual(first, host.ProcessId);
    }

    [Fact]
    public async Task A_worker_that_is_killed_before_a_batch_is_sent_fails_that_attempt()
    {
        FunctionsHost? victim = null;
        await using var host = victim = await OddApp.StartAsync(o => o with
        {
            Sending = invocation =>
            {
                if (invocation.RetryCount == 0) victim!.Kill();
                return default;
            },
        });

        Assert.Equal(new RunReport(1, 1, 1, 0, 1), await host.RunAsync([Batches.Feed("0", "fine")], null, Token));
    }

    [Fact]
    public async Task The_third_death_by_error_ends_the_run_with_the_workers_last_line()
    {
        await using var host = await OddApp.StartAsync();

        var failure = await Assert.ThrowsAsync<HostFailedException>(() => host.RunAsync([Batches.Feed("0", "exit 3")], null, Token));

        Assert.Contains("died 3 times", failure.Message, StringComparison.Ordinal);
        Assert.Contains("exit code 3", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("Its last output: the worker exits because an event says so", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, host.Restarts);
    }

    [Fact]
    public async Task A_caller_that_kills_by_itself_may_do_so_without_end()
    {
        await using var host = await OddApp.StartAsync(o => o with { CallerKills = true });

        for (var i = 0; i < 3; i++) Assert.False((await host.InvokeAsync(Batches.Of("exit 3"), Token)).Succeeded);
        var last = await host.InvokeAsync(Batches.Of("fine"), Token);

        Assert.True(last.Succeeded, last.Failure);
        Assert.Equal(3, host.Restarts);
    }

    [Fact]
    public async Task Exit_code_0_is_taken_as_intended_and_the_worker_is_not_started_again()
    {
        await using var host = await OddApp.StartAsync();

        var failure = await Assert.ThrowsAsync<HostFailedException>(() => host.RunAsync([Batches.Feed("0", "exit 0")], null, Token));

        Assert.Contains("exit code 0", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, host.Restarts);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
