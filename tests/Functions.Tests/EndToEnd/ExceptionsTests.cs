using System.Diagnostics;
using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Changeling.Events;
using Changeling.Functions.Tests.App;
using Changeling.HostStandIn;
using Changeling.Storage;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>An exception that is added while the real app works on Azurite, then kills and redelivery.</summary>
public class ExceptionsTests(AppFixture app, ITestOutputHelper output) : IClassFixture<AppFixture>
{
    private const string Id = "backup-agent";
    private const int Attacks = 60;
    private const int Partitions = 2;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    [Fact(Timeout = 240_000)]
    public async Task An_exception_takes_effect_while_the_app_works_and_its_hits_are_counted_once_whatever_is_killed_or_comes_again()
    {
        var token = TestContext.Current.CancellationToken;
        var baseline = AzuriteFixture.UniqueName("exceptions");
        var number = 0;

        await using (var run = await app.StartAsync(baseline, Settings))
        {
            Assert.True(await IsDetectedAsync(run));
            await Blobs.WriteAsync($"{Id}.json", Encoding.UTF8.GetBytes(Item), replaces: false, token);
            var added = Stopwatch.GetTimestamp();
            while (await IsDetectedAsync(run)) await Task.Delay(20, token);

            output.WriteLine($"in effect after {Stopwatch.GetElapsedTime(added).TotalSeconds:0.00} s");
        }

        var before = await HitsAsync();
        var killer = new Killer(every: 3, seed: 7, max: 2);
        await using (var victim = await app.StartAsync(baseline, o => killer.Watching(Settings(o)) with { MaxEventBatchSize = 20 }))
        {
            killer.Host = victim.Host;
            var run = await victim.Host.RunAsync(Feeds(), null, token);
            Assert.Equal((2, 2, 0), (killer.Kills, run.Restarts, run.LostBatches));
            Assert.Empty(victim.Detections);
        }

        Assert.Equal(before + (Partitions * Attacks), await HitsAsync());

        // All of it again, to a process that knows nothing.
        await using (var again = await app.StartAsync(baseline, o => Settings(o) with { MaxEventBatchSize = 33 }))
        {
            await again.Host.RunAsync(Feeds(), null, token);
            Assert.Empty(again.Detections);
        }

        Assert.Equal(before + (Partitions * Attacks), await HitsAsync());
        var stored = await TableRows.ReadAsync(app.ConnectionString, baseline, "detection|");
        Assert.Equal(
            Partitions * Attacks,
            stored.Where(r => !r.Key.Contains(":9 ", StringComparison.Ordinal))
                .Count(r => r.Value.Contains("Suppressed=True", StringComparison.Ordinal)));

        HostOptions Settings(HostOptions o) => o with
        {
            Settings = new Dictionary<string, string>(o.Settings)
            {
                ["Exceptions:PollInterval"] = Interval.ToString(),
                ["Detections:EmitAfter"] = "00:00:00",
            },
        };

        // Each attack is one of another host, so that no cap holds it back.
        async Task<bool> IsDetectedAsync(AppRun run)
        {
            var before = run.Detections.Count;
            var result = await run.Host.InvokeAsync(new EventBatch(new EventPartition("telemetry", "9"), [Attack("9", number++)]), token);
            Assert.True(result.Succeeded, result.Failure);
            return run.Detections.Count > before;
        }

        async Task<long> HitsAsync()
        {
            var hits = 0L;
            var table = new TableClient(app.ConnectionString, LineageTable.TableName);
            await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: token))
            {
                if (row.PartitionKey.StartsWith(baseline + ":", StringComparison.Ordinal) && row.RowKey == TableKeys.Exception(Id))
                    hits += row.GetInt64("Hits")!.Value;
            }

            return hits;
        }
    }

    private JsonBlobs Blobs =>
        new(new StorageClients(new StorageOptions { ConnectionString = app.ConnectionString }).Blobs(), JsonBlobs.Exceptions);

    private const string Item = $$"""
        {
          "id": "{{Id}}", "name": "Backup agent", "owner": "backup team", "reason": "frees its disk", "created": "2026-11-01T00:00:00Z",
          "conditions": [
            { "field": "process.name", "type": "exact", "values": ["vssadmin.exe"] },
            { "field": "process.parent.name", "type": "exact", "values": ["agent.exe"] },
            { "field": "process.command_line", "type": "wildcard", "values": ["vssadmin.exe delete shadows*"] }
          ]
        }
        """;

    private static IReadOnlyList<PartitionFeed> Feeds() =>
    [
        .. Enumerable.Range(0, Partitions).Select(p => p.ToString(CultureInfo.InvariantCulture)).Select(p =>
            new PartitionFeed(
                new EventPartition("telemetry", p),
                Enumerable.Range(0, 2 * Attacks).Select(i => i % 2 == 0 ? Attack(p, i) : Ordinary(p, i)).ToAsyncEnumerable())),
    ];

    private static TelemetryMessage Attack(string partition, int number) =>
        Message(
            number,
            Record(
                "agent.exe",
                "vssadmin.exe",
                "vssadmin.exe delete shadows /all /quiet",
                guid: Guid(partition, number),
                host: $"ws-{partition}-{number}"));

    private static TelemetryMessage Ordinary(string partition, int number) =>
        Message(
            number, Record("agent.exe", "conhost.exe", "conhost.exe 0x4", guid: Guid(partition, number), host: $"ws-{partition}-{number}"));

    private static string Guid(string partition, int number) => $"{{8d3f21b6-5c43-690a-{partition.PadLeft(4, '0')}-{number:d12}}}";
}
