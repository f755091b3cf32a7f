using System.Text.Json;
using Changeling.Events;
using Changeling.Functions.Tests.App;
using Changeling.HostStandIn;
using Changeling.HubStandIn;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Functions.Tests.EndToEnd;

/// <summary>Partitions hear of each other through real blobs.</summary>
public class FleetViewTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Fact(Timeout = 120_000)]
    public async Task A_detection_counts_what_the_other_partitions_saw()
    {
        var token = TestContext.Current.CancellationToken;
        var baseline = AzuriteFixture.UniqueName("fleet");
        await using var run = await app.StartAsync(baseline, o => o with
        {
            Settings = new Dictionary<string, string>(o.Settings)
            {
                ["Fleet:RefreshInterval"] = "00:00:01",
                ["Detections:EmitAfter"] = "00:00:00",
            },
        });

        var bulk = Enumerable.Range(0, 700).Select(i => Message(i, Record("cmd.exe", "conhost.exe", "conhost.exe 0x4")));
        await run.Host.RunAsync([new PartitionFeed(new EventPartition("telemetry", "0"), bulk.ToAsyncEnumerable())], null, token);

        // The other partition knows of it when both have been written and read: until then a dump has few launches to be compared with.
        // Seldom, because the dumps are one lineage, which after many is not unusual any more.
        for (var number = 0; ; number++)
        {
            var result =
                await run.Host.InvokeAsync(new EventBatch(new EventPartition("telemetry", "1"), [Message(number, Dump(number))]), token);
            Assert.True(result.Succeeded, result.Failure);
            if (run.Detections.LastOrDefault(d => AppRun.Rules(d).Contains("unusual-process-by-parent")) is { } last
                && ParentCount(last) is var count and >= 700)
            {
                Assert.InRange(count, 700, 700 + number);
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), token);
        }
    }

    /// <summary>Each of another host and of another name, so that no cap holds a detection back.</summary>
    private static byte[] Dump(int number) =>
        Record(
            "cmd.exe",
            $"x{number}.exe",
            $@"C:\Windows\Temp\x{number}.exe -accepteula -ma lsass.exe C:\Windows\Temp\l.dmp",
            guid: $"{{{number}}}",
            host: $"ws-{number}");

    private static double ParentCount(HubMessage detection)
    {
        using var finding = JsonDocument.Parse(detection.Body);
        Assert.Equal("1", finding.RootElement.GetProperty("unmapped").GetProperty("changeling").GetProperty("partition").GetString());
        return finding.RootElement.GetProperty("evidences")[0]
            .GetProperty("data")
            .GetProperty("rarity")
            .GetProperty("parent_count")
            .GetDouble();
    }
}
