using System.Globalization;
using Changeling.HostStandIn;
using Spectre.Console;

namespace Changeling.Cli.Demo;

/// <summary>Starts the parts, hands the telemetry over, shows what came out, stops all that it started.</summary>
internal sealed class DemoRun(DemoTelemetry telemetry, string appFolder, int port, string output)
{
    /// <summary>A demo that takes longer than this is stuck.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly LastLines _app = new();

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        FunctionsHost.RequireApp(appFolder);
        OutputFiles.RequireFolder(output);
        Terminal.Out.MarkupLineInterpolated($"[bold]Changeling demo[/]: {telemetry.Title}");

        using var patience = new CancellationTokenSource(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await using var storage = await DemoStorage.OpenAsync(port, line => Terminal.Out.MarkupLineInterpolated($"[grey]{line}[/]"), either.Token);
            var baseline = "demo-" + TimeProvider.System.GetUtcNow().ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
            await using var host = await FunctionsHost.StartAsync(Options(storage, baseline), either.Token);
            Terminal.Out.MarkupLineInterpolated($"[grey]{storage.Title}; the function app listens on {host.Address}[/]");

            await SendAsync(host, new FleetNews(storage.ConnectionString, baseline), either.Token);
            var counts = await CountCheck.OfAsync(telemetry, storage.ConnectionString, baseline, either.Token);
            var code = await new DemoReport(telemetry, output, host.Detections).ShowAsync(counts, either.Token);
            if (storage.Stays) Terminal.Out.MarkupLineInterpolated($"[grey]its counts stay there: changeling baseline top --baseline {baseline}[/]");
            return code;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new CliException($"the demo did not end within {Patience.TotalMinutes} minutes. {_app}");
        }
        catch (HostFailedException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C reaches every process of the terminal: that the parts end with us is no failure of theirs.
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private HostOptions Options(DemoStorage storage, string baseline) => new()
    {
        AppFolder = appFolder,
        RetryIntervalFactor = 0.1,
        OnOutput = _app.Add,
        Settings = new Dictionary<string, string>
        {
            ["Storage:ConnectionString"] = storage.ConnectionString,
            ["Baseline:Name"] = baseline,
            ["Baseline:HalfLifeDays"] = telemetry.HalfLifeDays.ToString(CultureInfo.InvariantCulture),

            // A recording is often one machine's, and is held against a plain count.
            ["Baseline:LaunchesPerHostAndDay"] = telemetry.HalfLifeDays == 0 ? "0" : "3",
            ["Detections:EmitAfter"] = "08:00:00",
            ["Fleet:RefreshInterval"] = "00:00:01",
        },
    };

    private async Task SendAsync(FunctionsHost host, FleetNews fleet, CancellationToken cancellationToken) =>
        await Terminal.Out.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("telemetry → detections", maxValue: telemetry.Messages);
                var progress = new BatchProgress(report => bar.Increment(report.Batch.Messages.Count));
                foreach (var (index, feeds) in telemetry.Stretches.Index())
                {
                    if (index > 0) await fleet.WaitAsync(host.Checkpoints, telemetry.ByPartition.Keys, cancellationToken);
                    await host.RunAsync(feeds, progress, cancellationToken);
                }
            });

    private sealed class BatchProgress(Action<BatchReport> report) : IProgress<BatchReport>
    {
        public void Report(BatchReport value) => report(value);
    }
}
