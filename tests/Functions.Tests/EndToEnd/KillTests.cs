using Changeling.Functions.Tests.App;
using Changeling.TestSupport;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>The app, the emulator and the stand-in, with the app killed in mid-call.</summary>
public class KillTests(AppFixture app) : IClassFixture<AppFixture>
{
    /// <summary>Kills in one run. As many as its batches allow: CHANGELING_KILLS=100, see docs/testing.md.</summary>
    private static readonly int MaxKills =
        int.TryParse(Environment.GetEnvironmentVariable("CHANGELING_KILLS"), out var count) ? count : 3;

    [Fact(Timeout = 180_000)]
    public async Task Kills_in_the_middle_of_a_run_leave_the_rows_and_detections_of_an_undisturbed_run()
    {
        var disturbed = AzuriteFixture.UniqueName("killed");
        var expected = await QuietRun.OfAsync(app, TestContext.Current.CancellationToken);
        var killer = new Killer(every: 8, seed: 7, MaxKills);
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
        var (known, all) = (
            await TableRows.TreesAsync(app.ConnectionString, disturbed),
            await TableRows.TreesAsync(expected.App.ConnectionString, expected.Baseline));
        Assert.All(known, t => Assert.True(StoredTree.IsPartOf(t.Value, all[t.Key]), $"{t.Key}: {string.Join(" < ", t.Value)}"));
    }

    [Fact(Timeout = 180_000)]
    public async Task Everything_redelivered_after_a_restart_changes_no_row_and_emits_the_same_detections()
    {
        var first = await QuietRun.OfAsync(app, TestContext.Current.CancellationToken);

        await using var again = await first.App.StartAsync(first.Baseline, o => o with { MaxEventBatchSize = 300 });
        await again.Host.RunAsync(Fleet.Feeds(), null, TestContext.Current.CancellationToken);

        Assert.Equal(first.Ids, again.Ids);
        Assert.Equal(first.Rows, await TableRows.ReadAsync(first.App.ConnectionString, first.Baseline));
    }

    [Fact(Timeout = 180_000)]
    public async Task Two_hosts_that_own_the_same_partitions_at_once_count_once()
    {
        var contested = AzuriteFixture.UniqueName("two");
        var cancellation = TestContext.Current.CancellationToken;
        var expected = await QuietRun.OfAsync(app, TestContext.Current.CancellationToken);

        var both = await Task.WhenAll(RunAsync(contested, 60, cancellation), RunAsync(contested, 85, cancellation));

        Assert.Equal(expected.Rows, await TableRows.ReadAsync(app.ConnectionString, contested));
        Assert.Equal(expected.Ids, [.. both[0].Union(both[1]).Order(StringComparer.Ordinal)]);
    }

    private async Task<SortedSet<string>> RunAsync(string baseline, int batch, CancellationToken cancellationToken)
    {
        await using var run = await app.StartAsync(baseline, o => o with { MaxEventBatchSize = batch });
        await run.Host.RunAsync(Fleet.Feeds(), null, cancellationToken);
        return run.Ids;
    }
}
