using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Changeling.Events;
using Changeling.Functions.Tests.EndToEnd;
using Changeling.Storage;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Functions.Tests.App;

/// <summary>The timer function as the host calls it, and what an older app does with a newer table.</summary>
public partial class SweepTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Fact(Timeout = 180_000)]
    public async Task The_timer_deletes_what_has_faded_and_scoring_goes_on_as_if_it_had_not()
    {
        var baseline = AzuriteFixture.UniqueName("sweep");
        var partition = new EventPartition(AzuriteFixture.UniqueName("hub"), "0");
        var lines = new ConcurrentQueue<string>();
        await using var run = await app.StartAsync(baseline, options => options with { OnOutput = lines.Enqueue });
        var later = Some.Time.AddDays(200);
        Assert.True(
            (await run.Host.InvokeAsync(
                new EventBatch(partition, [Message(1, Record("svchost.exe", "taskhostw.exe"), Some.Time)]),
                TestContext.Current.CancellationToken)).Succeeded);
        Assert.True(
            (await run.Host.InvokeAsync(
                new EventBatch(partition, [Message(2, Record("svchost.exe", "smartscreen.exe", time: later), later)]),
                TestContext.Current.CancellationToken)).Succeeded);

        var first = await run.Host.InvokeTimerAsync("SweepBaseline", TestContext.Current.CancellationToken);
        var second = await run.Host.InvokeTimerAsync("SweepBaseline", TestContext.Current.CancellationToken);
        var scored = await run.Host.InvokeAsync(
            new EventBatch(partition, [Message(3, Record("svchost.exe", "taskhostw.exe", time: later), later)]),
            TestContext.Current.CancellationToken);

        Assert.True(first.Succeeded && second.Succeeded && scored.Succeeded, first.Failure + second.Failure + scored.Failure);

        // Two launches and no signal: no model dislikes these.
        Assert.Equal(
            ["1 partitions, 2 rows read, 1 deleted", "1 partitions, 0 rows read, 0 deleted"],
            lines.Select(line => Swept().Match(line)).Where(m => m.Success).Select(m => m.Value));
        Assert.Equal(1, await TableRows.LaunchesAsync(app.ConnectionString, baseline, "svchost.exe", "taskhostw.exe"));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_table_that_a_newer_app_has_written_is_answered_with_a_failure_and_left_as_it_is()
    {
        var baseline = AzuriteFixture.UniqueName("newer");
        var partition = new EventPartition("telemetry", "0");
        await using var run = await app.StartAsync(baseline);
        var batch = new EventBatch(partition, [Message(1, Record("a.exe", "x.exe"))]);
        var table = new TableClient(app.ConnectionString, LineageTable.TableName);
        var key = TableKeys.Partition(new Changeling.Counts.BaselinePartition(baseline, partition));
        await table.UpsertEntityAsync(
            new TableEntity(key, TableKeys.Watermark) { ["SchemaVersion"] = Changeling.Counts.Watermark.SchemaVersion + 1 },
            cancellationToken: TestContext.Current.CancellationToken);
        var before = await TableRows.ReadAsync(app.ConnectionString, baseline);

        var scored = await run.Host.InvokeAsync(batch, TestContext.Current.CancellationToken);
        var swept = await run.Host.InvokeTimerAsync("SweepBaseline", TestContext.Current.CancellationToken);

        Assert.Contains("newer", scored.Failure, StringComparison.Ordinal);
        Assert.Contains("newer", swept.Failure, StringComparison.Ordinal);
        Assert.Equal(before, await TableRows.ReadAsync(app.ConnectionString, baseline));
    }

    [GeneratedRegex("[0-9]+ partitions, [0-9]+ rows read, [0-9]+ deleted")]
    private static partial Regex Swept();
}
