using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Changeling.Cli.Demo;
using Changeling.Cli.Running;
using Changeling.HostStandIn;
using Changeling.HostStandIn.Azurite;
using Spectre.Console;

namespace Changeling.Cli.Replay;

/// <summary><c>changeling replay FILE…</c>: files through the real function app and Azurite; detections as JSON lines.</summary>
internal static class ReplayCommand
{
    private const int MaxPartitions = 32;

    public static Command Create(CliConsole console)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = $"{TelemetryFiles.Description} Each JSON value, event, row or captured message is a message.",
            Arity = ArgumentArity.OneOrMore,
        }.AsPaths(console);
        var partitions = NumberOption.Create("--partitions", "Event partitions, keyed by host; 1 to 32.", 4);
        var batch = NumberOption.Create("--batch-size", "Maximum number of messages in a batch.", 1000);
        var output = new Option<string>("--output", "-o")
        {
            Description = "Output file for the detections.",
            DefaultValueFactory = _ => console.PathOf("detections.jsonl"),
            HelpName = "FILE",
        }.AsPath(console);
        var baseline = new Option<string?>("--baseline")
        {
            Description =
                "Name of the set of counts, for an Azurite that keeps running. Default: a new name. Files that are sent again are not counted again.",
            HelpName = "NAME",
        };
        var port = NumberOption.Create(
            "--azurite-port", "Blob port of Azurite, which is started if needed. 0: start one on free ports.", AzuriteOptions.UsualPort);
        var connection = new Option<string?>("--connection-string")
        {
            Description = "Connection string of a running emulator, instead of --azurite-port.",
            HelpName = "TEXT",
        };
        var app = new Option<string?>("--app")
        {
            Description = "A published function app to run instead of the one that came with the program.",
            HelpName = "DIR",
        }.AsOptionalPath(console);
        var command = new Command(
            "replay",
            "Send files through the function app and Azurite; counts neither decay nor depend on partitions or batches.")
            {
                files,
                partitions,
                batch,
                output,
                baseline,
                port,
                connection,
                app,
            };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(console, async () =>
        {
            DemoStorage.RequirePort(parsed.GetValue(port));
            var (number, size) = (parsed.GetValue(partitions), parsed.GetValue(batch));
            if (number is < 1 or > MaxPartitions)
                throw new CliException($"the number of partitions cannot be {number}; pass 1 to {MaxPartitions}.");
            if (size is < 1 or > 10_000) throw new CliException($"the batch size cannot be {size}; pass 1 to 10000.");
            var target = parsed.GetRequiredValue(output);
            OutputFiles.RequireWritable(target);
            var telemetry = await RecordedTelemetry.ReadAsync(parsed.GetRequiredValue(files), console, cancellation);
            var name = parsed.GetValue(baseline)
                ?? "replay-" + TimeProvider.System.GetUtcNow().ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
            FunctionsHost.RequireApp(AppFolder.Of(parsed.GetValue(app)));
            await using var storage = await OpenAsync(console, parsed.GetValue(connection), parsed.GetValue(port), cancellation);
            var options = new LocalAppOptions
            {
                AppFolder = AppFolder.Of(parsed.GetValue(app)),
                StorageConnection = storage.ConnectionString,
                Baseline = name,
                Partitions = number,
                MaxBatchSize = size,
                Settings = Settings,
            };
            return await RunAsync(console, telemetry, options, target, cancellation);
        }));
        return command;
    }

    /// <summary>Counts neither decay nor depend on the host, so that they can be compared with a simple count.</summary>
    private static Dictionary<string, string> Settings => new()
    {
        ["Baseline:HalfLifeDays"] = "0",
        ["Baseline:LaunchesPerHostAndDay"] = "0",
        ["Fleet:RefreshInterval"] = "00:00:01",
    };

    private static async Task<int> RunAsync(
        CliConsole console, RecordedTelemetry telemetry, LocalAppOptions options, string output, CancellationToken cancellationToken)
    {
        try
        {
            var done = 0;
            await using var app = await LocalApp.StartAsync(options, messages => Interlocked.Add(ref done, messages), cancellationToken);
            await MessageProgress.ShowAsync(
                console.Progress,
                telemetry.Messages,
                () => Volatile.Read(ref done),
                () => app.ProcessAsync(telemetry.Stretches.Single(), cancellationToken));
            await app.FireTimersToTheEndAsync(cancellationToken);

            var counts = await CountCheck.OfAsync(app.Telemetry, options.StorageConnection, options.Baseline, cancellationToken);
            var detections = (await app.DetectionsAsync(cancellationToken)).Select(Encoding.UTF8.GetString).ToList();
            await OutputFiles.WriteLinesAsync(output, detections.OrderBy(Time).ThenBy(t => t, StringComparer.Ordinal), cancellationToken);
            var lineages = app.Telemetry.Values.SelectMany(CountCheck.Plain).Distinct().Count();
            var isEqual = counts.Differences == 0;
            console.Out.WriteLine(
                $"{counts.Launches:N0} launches in {lineages:N0} lineages of baseline {options.Baseline}; {(isEqual ? "equal to" : $"{counts.Differences} differ from")} a plain count of the files");
            console.Out.WriteLine($"{detections.Count:N0} detections → {output}");
            return telemetry.Unread.Report(console, isEqual ? Verb.Success : Verb.Failure);
        }
        catch (HostFailedException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private static Task<DemoStorage> OpenAsync(
        CliConsole console, string? connection, int port, CancellationToken cancellationToken) => connection is null
        ? DemoStorage.OpenAsync(port, line => console.Out.MarkupLineInterpolated($"[grey]{line}[/]"), cancellationToken)
        : Task.FromResult(DemoStorage.At(connection));

    private static long Time(string finding)
    {
        using var document = JsonDocument.Parse(finding);
        return document.RootElement.GetProperty("start_time").GetInt64();
    }
}
