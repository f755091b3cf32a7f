using System.Text.Json;
using Changeling.Events;
using Changeling.Functions.Tests.App;
using Changeling.HostStandIn;
using Changeling.Storage;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>Partitions hear of each other through real blobs.</summary>
public class FleetViewTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Dump = @"C:\Windows\Temp\x.exe -accepteula -ma lsass.exe C:\Windows\Temp\l.dmp";

    [Fact(Timeout = 120_000)]
    public async Task A_detection_counts_what_the_other_partitions_saw()
    {
        var token = TestContext.Current.CancellationToken;
        var baseline = AzuriteFixture.UniqueName("fleet");
        await using var run = await app.StartAsync(baseline, o => o with
        {
            Settings = new Dictionary<string, string>(o.Settings) { ["Fleet:RefreshInterval"] = "00:00:01", ["Detections:EmitAfter"] = "00:00:00" },
        });

        await run.Host.RunAsync([Feed("0", Enumerable.Range(0, 700).Select(i => Message(i, Record("cmd.exe", "conhost.exe", "conhost.exe 0x4"))))], null, token);
        await UntilWrittenAsync(baseline, token);
        await run.Host.RunAsync([Feed("1", [Message(0, Record("cmd.exe", "x.exe", Dump))])], null, token);

        var finding = JsonDocument.Parse(Assert.Single(run.Detections, d => AppRun.Rule(d) == "unusual-process-by-parent").Body).RootElement;
        var rarity = finding.GetProperty("evidences")[0].GetProperty("data").GetProperty("rarity");
        Assert.Equal(700, rarity.GetProperty("parent_count").GetDouble());
        Assert.Equal("1", finding.GetProperty("unmapped").GetProperty("changeling").GetProperty("partition").GetString());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_snapshot_that_has_not_changed_is_not_fetched_again()
    {
        var token = TestContext.Current.CancellationToken;
        var baseline = AzuriteFixture.UniqueName("fleet");
        var blobs = new FleetBlobs(new StorageClients(new StorageOptions { ConnectionString = app.ConnectionString }).Blobs(), baseline);
        await using (var run = await app.StartAsync(baseline, o => o with
        {
            Settings = new Dictionary<string, string>(o.Settings) { ["Fleet:RefreshInterval"] = "00:00:01" },
        }))
        {
            await run.Host.RunAsync([Feed("0", Enumerable.Range(0, 700).Select(i => Message(i, Record("cmd.exe", "conhost.exe", "conhost.exe 0x4"))))], null, token);
            await UntilWrittenAsync(baseline, token);
        }

        var first = await blobs.ReadAsync(new Dictionary<string, StoredSnapshot>(), token);
        var again = await blobs.ReadAsync(first, token);

        Assert.Same(Assert.Single(first).Value, Assert.Single(again).Value);
    }

    private static PartitionFeed Feed(string partition, IEnumerable<TelemetryMessage> messages) =>
        new(new EventPartition("telemetry", partition), messages.ToAsyncEnumerable());

    /// <summary>Written with all 700, and then one more interval so that the app has read it.</summary>
    private async Task UntilWrittenAsync(string baseline, CancellationToken token)
    {
        var blobs = new FleetBlobs(new StorageClients(new StorageOptions { ConnectionString = app.ConnectionString }).Blobs(), baseline);
        for (var tries = 0; tries < 200; tries++)
        {
            var known = await blobs.ReadAsync(new Dictionary<string, StoredSnapshot>(), token);
            if (known.Values.Any(s => s.Snapshot.Position.SequenceNumber == 699))
            {
                await Task.Delay(TimeSpan.FromSeconds(3), token);
                return;
            }

            await Task.Delay(100, token);
        }

        Assert.Fail("no snapshot of all 700 launches was written within 20 s");
    }
}
