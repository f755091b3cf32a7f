using Changeling.Functions.Tests.App;
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
        var killer = new Killer(every: 8, seed: 7);
        await using (var victim = await app.StartAsync(disturbed, o => killer.Watching(o) with { MaxEventBatchSize = 50 }))
        {
            killer.Host = victim.Host;
            var run = await victim.Host.RunAsync(Fleet.Feeds(), null, TestContext.Current.CancellationToken);

            Assert.True(killer.Kills >= 3, $"only {killer.Kills} kills");
            Assert.Equal((killer.Kills, 0), (run.Restarts, run.LostBatches));
            Assert.Equal(expected.Ids, victim.Ids);
            Assert.True(victim.RepeatsAreEqual);
        }

        Assert.Equal(expected.Rows, await TableRows.ReadAsync(app.ConnectionString, disturbed));
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
