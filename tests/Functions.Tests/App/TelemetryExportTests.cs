using System.Collections.Concurrent;
using System.Text;
using Changeling.Events;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Functions.Tests.App;

/// <summary>The real app with exporters: what arrives, and what must not.</summary>
public sealed class TelemetryExportTests(AppFixture app) : IClassFixture<AppFixture>
{
    /// <summary>Stands in the command line of every event, and may stand nowhere else.</summary>
    private const string Secret = "p4ssw0rd-of-the-event";

    [Fact(Timeout = 180_000)]
    public async Task A_collector_gets_metrics_traces_and_logs_and_nothing_of_an_event()
    {
        await using var collector = await FakeCollector.StartAsync();
        await using var run = await StartAsync(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        });

        Assert.True((await run.Host.InvokeAsync(Batch(), TestContext.Current.CancellationToken)).Succeeded);

        await collector.ArrivesAsync("/v1/metrics", "changeling.lag");
        await collector.ArrivesAsync("/v1/metrics", "changeling.commit.duration");
        await collector.ArrivesAsync("/v1/metrics", "changeling.model.active");
        await collector.ArrivesAsync("/v1/traces", "changeling.batch");
        await collector.ArrivesAsync("/v1/logs", "sequence numbers 1 to 2");
        var all = collector.Posted("");
        Assert.DoesNotContain(Secret, all, StringComparison.Ordinal);
        Assert.DoesNotContain("winword.exe", all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("ws-0417", all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("mara.lind", all, StringComparison.OrdinalIgnoreCase);
    }

    [Fact(Timeout = 180_000)]
    public async Task Application_Insights_gets_the_same_and_the_console_only_what_must_not_be_lost()
    {
        var lines = new ConcurrentQueue<string>();
        await using var collector = await FakeCollector.StartAsync();
        await using var run = await StartAsync(
            new()
            {
                ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = $"InstrumentationKey=11111111-1111-1111-1111-111111111111;IngestionEndpoint={collector.Address}/;LiveEndpoint={collector.Address}/",
            },
            lines.Enqueue);

        Assert.True((await run.Host.InvokeAsync(Batch(), TestContext.Current.CancellationToken)).Succeeded);

        await collector.ArrivesAsync("/track", "changeling.events");
        await collector.ArrivesAsync("/track", "changeling.batch");
        await collector.ArrivesAsync("/track", "sequence numbers 1 to 2");
        Assert.DoesNotContain(Secret, collector.Posted(""), StringComparison.Ordinal);
        Assert.DoesNotContain("winword.exe", collector.Posted(""), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(lines, line => line.StartsWith("info", StringComparison.Ordinal));
    }

    private Task<AppRun> StartAsync(Dictionary<string, string> settings, Action<string>? onOutput = null) =>
        app.StartAsync(AzuriteFixture.UniqueName("export"), options => options with
        {
            OnOutput = onOutput,
            Settings = options.Settings.Concat(settings).ToDictionary(),
        });

    private static EventBatch Batch() => new(
        new EventPartition(AzuriteFixture.UniqueName("hub"), "0"),
        [Message(1, Record("winword.exe", "powershell.exe", $"powershell -enc {Secret}")), Message(2, Encoding.UTF8.GetBytes($"no json, but {Secret}"))]);
}
