using Changeling.Functions.Tests.App;
using Changeling.HostStandIn;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>The app, the emulator and the stand-in, with the app killed in mid-call.</summary>
public class KillTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Fact(Timeout = 180_000)]
    public async Task Kills_in_the_middle_of_a_run_leave_the_rows_and_detections_of_an_undisturbed_run()
    {
        var disturbed = AzuriteFixture.UniqueName("killed");
        var expected = await QuietRun.OfAsync(app, TestContext.Current.CancellationToken);
        var chance = new Random(7);
        var sent = 0;
        AppRun? victim = null;
        await using (victim = await app.StartAsync(disturbed, o => o with { MaxEventBatchSize = 50, Sending = KillNowAndThenAsync }))
        {
            var run = await victim.Host.RunAsync(Fleet.Feeds(), null, TestContext.Current.CancellationToken);

            Assert.True(run.Restarts >= 3, $"only {run.Restarts} kills");
            Assert.Equal(0, run.LostBatches);
            Assert.Equal(expected.Ids, victim.Ids);
            Assert.True(victim.RepeatsAreEqual);
        }

        Assert.Equal(expected.Rows, await TableRows.ReadAsync(app.ConnectionString, disturbed));

        // Every eighth batch: the process dies some milliseconds after the batch is on its way.
        async ValueTask KillNowAndThenAsync(Invocation invocation)
        {
            if (invocation.RetryCount > 0 || Interlocked.Increment(ref sent) % 8 != 0) return;
            var delay = chance.Next(5, 120);
            _ = Task.Run(async () =>
            {
                await Task.Delay(delay);
                victim!.Host.Kill();
            });
            await Task.Yield();
        }
    }

    [Fact(Timeout = 180_000)]
    public async Task Everything_redelivered_after_a_restart_changes_no_row_and_emits_the_same_detections()
    {
        var baseline = AzuriteFixture.UniqueName("again");
        var first = await RunAsync(baseline, TestContext.Current.CancellationToken);
        var rows = await TableRows.ReadAsync(app.ConnectionString, baseline);

        var second = await RunAsync(baseline, TestContext.Current.CancellationToken);

        Assert.Equal((await QuietRun.OfAsync(app, TestContext.Current.CancellationToken)).Ids, first);
        Assert.Equal(first, second);
        Assert.Equal(rows, await TableRows.ReadAsync(app.ConnectionString, baseline));
    }

    [Fact(Timeout = 180_000)]
    public async Task Two_hosts_that_own_the_same_partitions_at_once_count_once()
    {
        var contested = AzuriteFixture.UniqueName("two");
        var cancellation = TestContext.Current.CancellationToken;
        var expected = await QuietRun.OfAsync(app, TestContext.Current.CancellationToken);

        var both = await Task.WhenAll(RunAsync(contested, cancellation, batch: 60), RunAsync(contested, cancellation, batch: 85));

        Assert.Equal(expected.Rows, await TableRows.ReadAsync(app.ConnectionString, contested));
        Assert.Equal(expected.Ids, [.. both[0].Union(both[1]).Order(StringComparer.Ordinal)]);
    }

    private async Task<SortedSet<string>> RunAsync(string baseline, CancellationToken cancellationToken, int batch = 300)
    {
        await using var run = await app.StartAsync(baseline, o => o with { MaxEventBatchSize = batch });
        await run.Host.RunAsync(Fleet.Feeds(), null, cancellationToken);
        return run.Ids;
    }
}
