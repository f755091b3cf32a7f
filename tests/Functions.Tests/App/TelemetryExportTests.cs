using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Changeling.Events;
using Changeling.HostStandIn;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Functions.Tests.App;

/// <summary>The real app with exporters: what arrives, and what must not.</summary>
public sealed class TelemetryExportTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    /// <summary>Stands in the command line of every event, and may stand nowhere else.</summary>
    private const string Secret = "p4ssw0rd-of-the-event";

    [Fact(Timeout = 180_000)]
    public async Task A_collector_gets_metrics_traces_and_logs_and_nothing_of_an_event()
    {
        await using var collector = await FakeCollector.StartAsync();
        await using var host = await StartAsync(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        });

        Assert.True((await host.InvokeAsync(Batch(), TestContext.Current.CancellationToken)).Succeeded);

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
        await using var host = await StartAsync(
            new()
            {
                ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = $"InstrumentationKey=11111111-1111-1111-1111-111111111111;IngestionEndpoint={collector.Address}/;LiveEndpoint={collector.Address}/",
            },
            lines.Enqueue);

        Assert.True((await host.InvokeAsync(Batch(), TestContext.Current.CancellationToken)).Succeeded);

        await collector.ArrivesAsync("/track", "changeling.events");
        await collector.ArrivesAsync("/track", "changeling.batch");
        await collector.ArrivesAsync("/track", "sequence numbers 1 to 2");
        Assert.DoesNotContain(Secret, collector.Posted(""), StringComparison.Ordinal);
        Assert.DoesNotContain("winword.exe", collector.Posted(""), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(lines, line => line.StartsWith("info", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData($"00-{Trace}-00f067aa0ba902b7-01", Trace)]
    [InlineData("not-a-traceparent", null)]
    [InlineData(null, null)]
    public async Task A_batchs_span_is_a_child_of_the_hosts_where_it_sent_one(string? traceparent, string? trace)
    {
        var spans = new ConcurrentQueue<Activity>();
        var hub = AzuriteFixture.UniqueName("hub");
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Changeling",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var inProcess = await InProcessApp.StartAsync((_, _, _) => Task.FromResult(Outcomes.With()));
        if (traceparent is not null) inProcess.Client.DefaultRequestHeaders.TryAddWithoutValidation("traceparent", traceparent);

        await inProcess.PostAsync(Envelope.WithMetadata(m => m["TriggerPartitionContext"]!["EventHubName"] = hub));

        var span = Assert.Single(spans, s => s.GetTagItem("messaging.destination.name") as string == hub);
        if (trace is null) Assert.Equal(default, span.ParentSpanId);
        else Assert.Equal(trace, span.TraceId.ToString());
    }

    [Theory]
    [InlineData("secret-text")]
    [InlineData("InstrumentationKey=secret-text")]
    public void A_connection_string_that_is_none_ends_the_app_and_is_not_repeated(string text)
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Program.Build(
            ["--FUNCTIONS_CUSTOMHANDLER_PORT=0", "--Storage:ConnectionString=UseDevelopmentStorage=true", $"--APPLICATIONINSIGHTS_CONNECTION_STRING={text}"]));

        Assert.Contains("APPLICATIONINSIGHTS_CONNECTION_STRING", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-text", failure.Message, StringComparison.Ordinal);
    }

    private Task<FunctionsHost> StartAsync(Dictionary<string, string> settings, Action<string>? onOutput = null) =>
        app.StartAsync(AzuriteFixture.UniqueName("export"), options => options with
        {
            OnOutput = onOutput,
            Settings = options.Settings.Concat(settings).ToDictionary(),
        });

    private static EventBatch Batch() => new(
        new EventPartition(AzuriteFixture.UniqueName("hub"), "0"),
        [Message(1, Record("winword.exe", "powershell.exe", $"powershell -enc {Secret}")), Message(2, Encoding.UTF8.GetBytes($"no json, but {Secret}"))]);
}
