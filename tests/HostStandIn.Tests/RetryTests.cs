using Changeling.Events;
using Changeling.HostStandIn.Tests.Support;

namespace Changeling.HostStandIn.Tests;

/// <summary>Batches, retries and checkpoints.</summary>
public sealed class RetryTests(OddHost odd)
{
    [Fact]
    public async Task A_batch_that_fails_twice_comes_back_under_the_same_invocation_id_with_the_same_events()
    {
        BatchReport? done = null;

        var report = await odd.Host.RunAsync([Batches.Feed("twice", "fail-first 2", "report")], new Progress(r => done = r), Token);

        var attempts = odd.Attempts("twice");
        Assert.Equal(new RunReport(2, 1, 2, 0, 0), report);
        Assert.Equal([0, 1, 2], attempts.Select(a => a.RetryCount));
        Assert.Single(attempts.Select(a => a.Id).Distinct());
        var last = OddApp.Report(done!.Result);
        Assert.Equal((2, attempts[0].Id.ToString()), (last["RetryCount"]!.GetValue<int>(), last["InvocationId"]!.GetValue<string>()));
        Assert.Equal([0, 1], last.Values<long>("SequenceNumbers"));
    }

    [Fact]
    public async Task Attempts_of_one_batch_share_a_trace_and_each_has_a_span_of_its_own()
    {
        await odd.Host.RunAsync([Batches.Feed("spans", "fail-first 1")], null, Token);

        var attempts = odd.Attempts("spans");
        Assert.Single(attempts.Select(a => a.TraceParent.Split('-')[1]).Distinct());
        Assert.Equal(2, attempts.Select(a => a.TraceParent.Split('-')[2]).Distinct().Count());
    }

    [Fact]
    public async Task The_checkpoint_moves_with_each_batch_and_the_next_run_goes_on_from_there()
    {
        var first = await odd.Host.RunAsync([Batches.Feed("steps", "1", "2", "3", "4", "5")], null, Token);
        var second = await odd.Host.RunAsync([Batches.Feed("steps", "1", "2", "3", "4", "5", "6")], null, Token);

        Assert.Equal((5, 3), (first.Messages, first.Batches));
        Assert.Equal((1, 1), (second.Messages, second.Batches));
        Assert.Equal(5, Checkpoint(odd.Host, "steps"));
    }

    [Fact]
    public async Task When_the_retries_are_used_up_the_checkpoint_moves_on_and_the_batch_is_lost()
    {
        var host = await odd.OfAsync(OddApp.Thrice);

        var report = await host.RunAsync([Batches.Feed("0", "fail always", "lost", "fine")], null, Token);

        Assert.Equal(new RunReport(3, 2, 3, 1, 0), report);
        Assert.Equal(2, Checkpoint(host, "0"));
    }

    [Fact]
    public async Task Without_a_retry_policy_a_failed_batch_is_lost_at_once()
    {
        var host = await odd.OfAsync(OddApp.Once);

        var report = await host.RunAsync([Batches.Feed("0", "fail always")], null, Token);

        Assert.Equal(new RunReport(1, 1, 1, 1, 0), report);
    }

    [Fact]
    public async Task A_lost_answer_is_a_failed_attempt_although_the_worker_has_done_its_work()
    {
        var report = await odd.Host.RunAsync([Batches.Feed(OddHost.LosesAnswers, "fine")], null, Token);

        Assert.Equal(new RunReport(1, 1, 1, 0, 0), report);
        Assert.Equal(2, odd.Attempts(OddHost.LosesAnswers).Count);
    }

    [Fact]
    public async Task Partitions_run_in_parallel_and_each_has_one_batch_at_a_time()
    {
        using var meeting = new Meeting();
        var meet = $"meet {meeting.Port}";
        var run = odd.Host.RunAsync(
            [Batches.Feed("left", meet, "1", "2", "3", "4"), Batches.Feed("right", meet, "1", "2", "3", "4")], null, Token);

        // Both first batches are with the worker at the same time.
        var one = await meeting.BegunAsync();
        var other = await meeting.BegunAsync();
        one.Dispose();
        other.Dispose();

        Assert.Equal(new RunReport(10, 6, 0, 0, 0), await run);
        Assert.DoesNotContain(odd.Overlaps, partition => partition is "left" or "right");
    }

    [Fact]
    public async Task A_run_that_is_cancelled_leaves_no_checkpoint_for_the_batch_in_flight()
    {
        using var meeting = new Meeting();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var run = odd.Host.RunAsync([Batches.Feed("cancelled", "0", "1", $"meet {meeting.Port}")], null, cancel.Token);
        using var call = await meeting.BegunAsync();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(1, Checkpoint(odd.Host, "cancelled"));
    }

    private static long? Checkpoint(FunctionsHost host, string partition) =>
        host.Checkpoints.Of(new EventPartition("telemetry", partition));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private sealed class Progress(Action<BatchReport> report) : IProgress<BatchReport>
    {
        public void Report(BatchReport value) => report(value);
    }
}
