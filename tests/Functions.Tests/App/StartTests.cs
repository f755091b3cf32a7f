using System.Diagnostics;
using Changeling.Events;
using Changeling.HostStandIn;
using Changeling.TestSupport;
using static Changeling.TestSupport.Telemetry;

namespace Changeling.Functions.Tests.App;

/// <summary>The real worker as a process: how it starts, and how it refuses to.</summary>
public class StartTests(AppFixture app) : IClassFixture<AppFixture>
{
    private static readonly Dictionary<string, string> Good = new()
    {
        ["Storage:ConnectionString"] = "UseDevelopmentStorage=true",
        ["EventHubConnection"] = "Endpoint=sb://127.0.0.1:5672;SharedAccessKeyName=any;SharedAccessKey=YW55;UseDevelopmentEmulator=true;",
        ["DetectionsHub"] = "detections",
        ["TelemetryHub"] = "telemetry",
        ["TelemetryConsumerGroup"] = "$Default",
    };

    [Theory]
    [InlineData("Pipeline:ConcurrentBatches", "0")]
    [InlineData("Storage:ConnectionString",
        "DefaultEndpointsProtocol=https;AccountName=real;AccountKey=YQ==;EndpointSuffix=core.windows.net")]
    [InlineData("EventHubConnection", "Endpoint=sb://real.servicebus.windows.net/;SharedAccessKeyName=a;SharedAccessKey=c2VjcmV0")]
    [InlineData("DetectionsHub", "")]
    public async Task A_bad_setting_ends_the_worker_with_1_and_one_sentence_that_names_it(string setting, string value)
    {
        var (code, lines) = await RunToItsEndAsync(new Dictionary<string, string>(Good) { [setting] = value });

        Assert.Equal(1, code);
        Assert.Contains(setting, Assert.Single(lines), StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_cannot_start_fails_the_host_with_its_last_words()
    {
        var options = new HostOptions
        {
            AppFolder = TestedApp.Folder,
            Settings = new Dictionary<string, string>(Good) { ["Pipeline:CachedRows"] = "1" },
        };

        var failure =
            await Assert.ThrowsAsync<HostFailedException>(() => FunctionsHost.StartAsync(options, TestContext.Current.CancellationToken));

        Assert.Contains("Pipeline:CachedRows", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>More of them: CHANGELING_STARTS=10, see docs/testing.md.</summary>
    [Fact(Timeout = 180_000)]
    public async Task Starts_in_a_row_under_load_fail_no_invocation()
    {
        var starts = int.TryParse(Environment.GetEnvironmentVariable("CHANGELING_STARTS"), out var count) ? count : 2;
        for (var start = 0; start < starts; start++)
        {
            await using var run = await app.StartAsync(AzuriteFixture.UniqueName("start"));

            var results = await Task.WhenAll(
                Enumerable.Range(0, 8).Select(p => run.Host.InvokeAsync(Batch(p), TestContext.Current.CancellationToken)));

            Assert.All(results, result => Assert.True(result.Succeeded, result.Failure));
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_killed_worker_is_started_again_for_the_next_batch()
    {
        await using var run = await app.StartAsync(AzuriteFixture.UniqueName("start"));
        var first = run.Host.ProcessId;

        run.Host.Kill();
        var result = await run.Host.InvokeAsync(Batch(0), TestContext.Current.CancellationToken);

        Assert.True(result.Succeeded, result.Failure);
        Assert.NotNull(run.Host.ProcessId);
        Assert.NotEqual(first, run.Host.ProcessId);
        Assert.Equal(1, run.Host.Restarts);
    }

    private static EventBatch Batch(int partition) =>
        new(
            new EventPartition("telemetry", $"{partition}"),
            [.. Enumerable.Range(0, 20).Select(i => Message(i, Record("services.exe", "svchost.exe", guid: $"{{{partition}-{i}}}")))]);

    private static async Task<(int Code, List<string> Lines)> RunToItsEndAsync(Dictionary<string, string> settings)
    {
        var info = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(TestedApp.Folder, "Changeling.Functions.dll")])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings) info.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        using var process = Process.Start(info)!;
        var (output, error) = (
            process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            process.Kill();
        }

        return (
            process.ExitCode,
            [.. $"{await output}\n{await error}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]);
    }
}
