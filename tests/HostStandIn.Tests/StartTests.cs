using Changeling.HostStandIn.Tests.Support;

namespace Changeling.HostStandIn.Tests;

/// <summary>Starts that go well and starts that do not.</summary>
public sealed class StartTests(OddHost odd)
{
    [Fact]
    public void A_host_that_has_started_knows_its_functions_its_worker_and_how_long_that_took()
    {
        Assert.Equal(["ObeyForEver", "ObeyOnce", "ObeyThrice", "Tick", "TickInTheEnd"], odd.Host.Functions);
        Assert.NotNull(odd.Host.ProcessId);
        Assert.True(odd.Host.LastStart > TimeSpan.Zero);
        Assert.Equal(0, odd.Host.Restarts);
    }

    [Fact]
    public async Task A_worker_that_ends_before_it_opens_its_stream_is_a_failure_with_its_last_lines()
    {
        var failure = await FailAsync(StartsAs("fail"));

        Assert.Contains("did not start: it ended with exit code 3", failure, StringComparison.Ordinal);
        Assert.Contains("reading the settings", failure, StringComparison.Ordinal);
        Assert.Contains("Odd:Start says that this worker must not start.", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_leaves_with_exit_code_0_did_not_start_either()
    {
        Assert.Contains("ended with exit code 0. It printed nothing.", await FailAsync(StartsAs("leave")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_opens_no_stream_is_given_up_after_a_minute()
    {
        var time = new ManualTime();
        var start = FailAsync(StartsAs("hang") with { Time = time });
        await time.WaitingAsync(TimeSpan.FromSeconds(60));

        time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(start.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("no StartStream within 60 s", await start, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_is_cancelled_leaves_no_worker()
    {
        using var cancel = new CancellationTokenSource();
        var process = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = FunctionsHost.StartAsync(
            StartsAs("hang") with
            {
                OnOutput = line => process.TrySetResult(int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)),
            },
            cancel.Token);
        var id = await process.Task;

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(id));
    }

    private static HostOptions StartsAs(string how) =>
        OddApp.Options() with { Settings = new Dictionary<string, string> { ["Odd:Start"] = how } };

    private static async Task<string> FailAsync(HostOptions options) =>
        (await Assert.ThrowsAsync<HostFailedException>(() => FunctionsHost.StartAsync(options,
            TestContext.Current.CancellationToken))).Message;
}
