using Changeling.Events;
using Changeling.HostStandIn.Tests.Support;

namespace Changeling.HostStandIn.Tests;

/// <summary>A stop in good order, as at SIGTERM.</summary>
public sealed class StopTests
{
    private static readonly EventPartition Partition = new("telemetry", "0");

    [Fact]
    public async Task An_idle_worker_ends_by_itself_and_takes_no_call_any_more()
    {
        await using var host = await OddApp.StartAsync();

        await host.StopAsync();

        Assert.Equal((0, (int?)null), (host.LastExitCode, host.ProcessId));
        await Assert.ThrowsAsync<HostFailedException>(() => host.InvokeAsync(Batches.Of("fine"), Token));
    }

    [Fact]
    public async Task A_batch_in_flight_finishes_with_its_checkpoint_and_no_other_begins()
    {
        using var meeting = new Meeting();
        var answers = 0;
        await using var host =
            await OddApp.StartAsync(o => o with { MaxEventBatchSize = 1, Arrives = _ => Interlocked.Increment(ref answers) > 0 });
        var run = host.RunAsync([Batches.Feed("0", $"meet {meeting.Port}", "never sent")], null, Token);
        var call = await meeting.BegunAsync();

        var stop = host.StopAsync();
        Assert.False(stop.IsCompleted);
        call.Dispose();
        await stop;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(0, host.Checkpoints.Of(Partition));
        Assert.Equal(1, answers);
        Assert.Equal(0, host.LastExitCode);
    }

    [Fact]
    public async Task A_batch_longer_than_the_drain_time_is_cancelled_without_a_checkpoint()
    {
        using var meeting = new Meeting();
        var time = new ManualTime();
        await using var host = await OddApp.StartAsync(o => o with { Time = time });
        var run = host.RunAsync([Batches.Feed("0", $"meet-deaf {meeting.Port}")], null, Token);
        using var call = await meeting.BegunAsync();

        var stop = host.StopAsync();
        await time.WaitingAsync(TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromSeconds(10));
        await stop;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Null(host.Checkpoints.Of(Partition));
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_the_next_retry()
    {
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await OddApp.StartAsync(o => o with
        {
            RetryIntervalFactor = 1000,
            Arrives = _ => failed.TrySetResult(),
        });
        var run = host.RunAsync([Batches.Feed("0", "fail always")], null, Token);
        await failed.Task;

        await host.StopAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Null(host.Checkpoints.Of(Partition));
    }

    [Fact]
    public async Task A_worker_that_does_not_end_within_the_grace_is_killed()
    {
        var time = new ManualTime();
        await using var host =
            await OddApp.StartAsync(o => o with { Time = time, Settings = new Dictionary<string, string> { ["Odd:Stop"] = "hang" } });

        var stop = host.StopAsync();
        await time.WaitingAsync(TimeSpan.FromSeconds(5));
        time.Advance(TimeSpan.FromSeconds(5));
        await stop;

        Assert.Equal(137, host.LastExitCode);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
