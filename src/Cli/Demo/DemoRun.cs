using System.Globalization;
using Changeling.Cli.Detections;
using Changeling.Cli.Running;
using Changeling.HostStandIn;
using Spectre.Console;

namespace Changeling.Cli.Demo;

/// <summary>Starts the components, sends the telemetry, shows the detections, and stops everything that it started.</summary>
internal sealed class DemoRun(
    IAnsiConsole console, Look look, DemoTelemetry telemetry, string appFolder, int port, string output)
{
    /// <summary>Maximum duration of a demo.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        FunctionsHost.RequireApp(appFolder);
        OutputFiles.RequireFolder(output);
        console.MarkupLineInterpolated($"[bold]Changeling demo[/]: {telemetry.Title}");

        using var patience = new CancellationTokenSource(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await RunPartsAsync(either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new CliException($"the demo did not end within {Patience.TotalMinutes} minutes.");
        }
        catch (HostFailedException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C reaches every process of the terminal, so it is not an error if the components end too.
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private async Task<int> RunPartsAsync(CancellationToken cancellationToken)
    {
        await using var storage =
            await DemoStorage.OpenAsync(port, line => console.MarkupLineInterpolated($"[grey]{line}[/]"), cancellationToken);
        var baseline = "demo-" + TimeProvider.System.GetUtcNow().ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
        var done = 0;
        await using var app =
            await LocalApp.StartAsync(Options(storage, baseline), messages => Interlocked.Add(ref done, messages), cancellationToken);
        console.MarkupLineInterpolated(
            $"[grey]{storage.Title}; an Event Hub for telemetry and one for detections on this machine; the worker started in {app.StartTime.TotalSeconds:0.0} s[/]");

        await SendAsync(app, new FleetNews(storage.ConnectionString, baseline), () => Volatile.Read(ref done), cancellationToken);
        var counts = telemetry.HalfLifeDays == 0
            ? await CountCheck.OfAsync(app.Telemetry, storage.ConnectionString, baseline, cancellationToken)
            : null;
        var report = new DemoReport(
            console, look, telemetry, output, await app.DetectionsAsync(cancellationToken), InstalledFiles.Model(null));
        var code = await report.ShowAsync(counts, cancellationToken);
        if (storage.Stays) console.MarkupLineInterpolated($"[grey]its counts are kept: changeling baseline top --baseline {baseline}[/]");
        return code;
    }

    private LocalAppOptions Options(DemoStorage storage, string baseline) => new()
    {
        AppFolder = appFolder,
        StorageConnection = storage.ConnectionString,
        Baseline = baseline,
        Partitions = DemoTelemetry.Partitions,
        Settings = new Dictionary<string, string>
        {
            ["Baseline:HalfLifeDays"] = telemetry.HalfLifeDays.ToString(CultureInfo.InvariantCulture),

            // A recording is often from one machine, and its counts are compared with a simple count.
            ["Baseline:LaunchesPerHostAndDay"] = telemetry.HalfLifeDays == 0 ? "0" : "3",
            ["Detections:EmitAfter"] = "08:00:00",
            ["Fleet:RefreshInterval"] = "00:00:01",
        },
    };

    private Task SendAsync(LocalApp app, FleetNews fleet, Func<int> done, CancellationToken cancellationToken) =>
        MessageProgress.ShowAsync(console, telemetry.Messages, done, async () =>
    {
        foreach (var (index, stretch) in telemetry.Stretches.Index())
        {
            if (index > 0) await fleet.WaitAsync(app, cancellationToken);
            await app.ProcessAsync(stretch, cancellationToken);
            await app.FireTimersAsync(cancellationToken);
        }
    });
}
