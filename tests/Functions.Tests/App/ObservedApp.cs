using System.Collections.Concurrent;
using System.Text;
using Azure.Storage.Blobs;
using Changeling.Events;
using Changeling.Storage;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Functions.Tests.App;

/// <summary>
/// One run of the real app with all exporters, for tests of what it reports of itself. It scores one batch of a launch and of a message
/// that is not JSON, and writes its health. It stops in good order, which flushes the exporters.
/// </summary>
public sealed class ObservedApp(AzuriteFixture azurite) : IAsyncLifetime
{
    /// <summary>Stands in both messages, and may stand nowhere else; so may what is planted in the messages of a second batch.</summary>
    public const string Secret = "p4ssw0rd-of-the-event";

    private readonly ConcurrentQueue<string> _lines = new();

    public string Baseline { get; } = AzuriteFixture.UniqueName("observed");

    public EventPartition Partition { get; } = new(AzuriteFixture.UniqueName("hub"), "5");

    /// <summary>Took what was exported by OTLP.</summary>
    internal FakeCollector Otlp { get; private set; } = null!;

    /// <summary>Took what was exported to Application Insights.</summary>
    internal FakeCollector ApplicationInsights { get; private set; } = null!;

    /// <summary>The health blob of instance <c>instance/7</c>.</summary>
    public string Health { get; private set; } = "";

    /// <summary>What the worker wrote to its console.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    public async ValueTask InitializeAsync()
    {
        (Otlp, ApplicationInsights) = (await FakeCollector.StartAsync(), await FakeCollector.StartAsync());
        var app = new AppFixture(azurite);
        await using var run = await app.StartAsync(Baseline, options => options with
        {
            OnOutput = _lines.Enqueue,
            TerminateGrace = TimeSpan.FromSeconds(30),
            Settings = new Dictionary<string, string>(options.Settings)
            {
                ["WEBSITE_INSTANCE_ID"] = "instance/7",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Otlp.Address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",

                // Gauges are gone when the app stops: they are exported before the health is written.
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
                ["APPLICATIONINSIGHTS_CONNECTION_STRING"] =
                    $"InstrumentationKey=11111111-1111-1111-1111-111111111111;IngestionEndpoint={ApplicationInsights.Address}/;LiveEndpoint={ApplicationInsights.Address}/",
            },
        });
        var batch = new EventBatch(
            Partition,
            [
                Message(41, Record("winword.exe", "powershell.exe", $"powershell -enc {Secret}")),
                Message(42, Encoding.UTF8.GetBytes($"no json, but {Secret}")),
            ]);

        var result = await run.Host.InvokeAsync(batch, TestContext.Current.CancellationToken);

        Assert.True(result.Succeeded, result.Failure);
        Health = await HealthAsync(app);
        var planted = PlantedSecrets.Messages().Select((message, i) => Message(i, message.Body));
        var other =
            await run.Host.InvokeAsync(new EventBatch(Partition with { Id = "6" }, [.. planted]), TestContext.Current.CancellationToken);
        Assert.True(other.Succeeded, other.Failure);
        await run.Host.StopAsync();
        Assert.Equal(0, run.Host.LastExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        await Otlp.DisposeAsync();
        await ApplicationInsights.DisposeAsync();
    }

    /// <summary>
    /// Written five seconds after the start and then every minute: on a slow machine the first one may come before the batch.
    /// </summary>
    private static async Task<string> HealthAsync(AppFixture app)
    {
        var blob = new BlobContainerClient(app.ConnectionString, HealthBlobs.Container).GetBlobClient("instance~002f7.json");
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
