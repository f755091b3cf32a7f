using System.Text.Json;
using Azure.Storage.Blobs;
using Changeling.Events;
using Changeling.Storage;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Functions.Tests.App;

/// <summary>What a running app says of itself in its blob.</summary>
public sealed class HealthTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Fact(Timeout = 180_000)]
    public async Task An_instance_writes_what_it_is_and_how_far_its_partitions_are()
    {
        var baseline = AzuriteFixture.UniqueName("health");
        var partition = new EventPartition(AzuriteFixture.UniqueName("hub"), "5");
        await using var run = await app.StartAsync(baseline, options => options with
        {
            Settings = new Dictionary<string, string>(options.Settings) { ["WEBSITE_INSTANCE_ID"] = "instance/7" },
        });
        Assert.True((await run.Host.InvokeAsync(new EventBatch(partition, [Message(41, Record("winword.exe", "cmd.exe"))]), TestContext.Current.CancellationToken)).Succeeded);

        using var health = JsonDocument.Parse(await ReadAsync("instance~002f7.json"));

        Assert.Equal("instance/7", health.RootElement.GetProperty("instance").GetString());
        Assert.Equal(baseline, health.RootElement.GetProperty("baseline").GetString());
        Assert.Equal(Packages.ShippedVersion, health.RootElement.GetProperty("model").GetString());
        Assert.Equal(1, health.RootElement.GetProperty("batches_answered").GetInt64());
        Assert.Equal(0, health.RootElement.GetProperty("invocations_failed").GetInt64());
        var one = Assert.Single(health.RootElement.GetProperty("partitions").EnumerateArray());
        Assert.Equal((partition.Hub, "5", 41), (one.GetProperty("hub").GetString(), one.GetProperty("partition").GetString(), one.GetProperty("last_sequence_number").GetInt64()));
        var sources = health.RootElement.GetProperty("sources");
        var format = sources.GetProperty("formats").GetProperty("winlogbeat");
        Assert.Equal((1, 0, 1), (format.GetProperty("events").GetInt64(), format.GetProperty("invalid_parents").GetInt64(), format.GetProperty("missing").GetProperty("process.signature").GetInt64()));
        Assert.Equal(5, format.GetProperty("skew").EnumerateObject().Count());
        Assert.Equal((0, 0, 0), (sources.GetProperty("skipped").EnumerateObject().Count(), sources.GetProperty("dead_letters").EnumerateObject().Count(), sources.GetProperty("sequence_gap").GetInt64()));
        Assert.True(one.GetProperty("lag_seconds").GetDouble() > 0);
        Assert.DoesNotContain("winword", health.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>Written five seconds after the start and then every minute: on a slow machine the first one may be too early.</summary>
    private async Task<string> ReadAsync(string name)
    {
        var blob = new BlobContainerClient(app.ConnectionString, HealthBlobs.Container).GetBlobClient(name);
        while (true)
        {
            if (await blob.ExistsAsync(TestContext.Current.CancellationToken))
            {
                var text = (await blob.DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToString();
                if (!text.Contains("\"batches_answered\": 0", StringComparison.Ordinal)) return text;
            }

            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }
}
