using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Changeling.Cli.Demo;
using Changeling.HostStandIn;
using Changeling.HostStandIn.Azurite;
using Spectre.Console;

namespace Changeling.Cli.Replay;

/// <summary><c>changeling replay FILE…</c>: files through the real function app and Azurite; detections as JSON lines.</summary>
internal static class ReplayCommand
{
    private const int MostPartitions = 32;

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Telemetry, plain or gzipped; each JSON value is a message.", Arity = ArgumentArity.OneOrMore };
        var partitions = NumberOption.Create("--partitions", "Event partitions, keyed by host; 1 to 32.", 4);
        var batch = NumberOption.Create("--batch-size", "Most messages of a batch.", 1000);
        var output = new Option<string>("--output", "-o") { Description = "Where the detections go.", DefaultValueFactory = _ => "detections.jsonl", HelpName = "FILE" };
        var baseline = new Option<string?>("--baseline") { Description = "Name of the set of counts, for an Azurite that stays; a new one if left out. The same files again count nothing twice.", HelpName = "NAME" };
        var port = NumberOption.Create("--azurite-port", "Where Azurite listens, or is started: its blob port. 0 starts one on free ports.", AzuriteOptions.UsualPort);
        var connection = new Option<string?>("--connection-string") { Description = "An emulator that runs already, instead of --azurite-port.", HelpName = "TEXT" };
        var app = new Option<string?>("--app") { Description = "A published function app to run instead of the built one.", HelpName = "DIR" };
        var command = new Command("replay", "Send files through the function app and Azurite; counts neither decay nor depend on partitions or batches.") { files, partitions, batch, output, baseline, port, connection, app };
        command.SetAction((parsed, cancellation) => Verb.RunAsync(async () =>
        {
            DemoStorage.RequirePort(parsed.GetValue(port));
            var (number, size) = (parsed.GetValue(partitions), parsed.GetValue(batch));
            if (number is < 1 or > MostPartitions) throw new CliException($"{number} partitions cannot be; pass 1 to {MostPartitions}.");
            if (size is < 1 or > 10_000) throw new CliException($"a batch of {size} messages cannot be; pass 1 to 10000.");
            var target = parsed.GetRequiredValue(output);
            OutputFiles.RequireWritable(target);
            var telemetry = await RecordedTelemetry.ReadAsync(parsed.GetRequiredValue(files), cancellation, number);
            var name = parsed.GetValue(baseline) ?? "replay-" + TimeProvider.System.GetUtcNow().ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
            return await RunAsync(telemetry, parsed.GetValue(app) ?? InstalledFiles.FunctionApp, () => OpenAsync(parsed.GetValue(connection), parsed.GetValue(port), cancellation), name, size, target, cancellation);
        }));
        return command;
    }

    private static async Task<int> RunAsync(DemoTelemetry telemetry, string app, Func<Task<DemoStorage>> open, string baseline, int batchSize, string output, CancellationToken cancellationToken)
    {
        FunctionsHost.RequireApp(app);
        var lines = new LastLines();
        try
        {
            await using var storage = await open();
            var options = new HostOptions
            {
                AppFolder = app,
                RetryIntervalFactor = 0.1,
                MaxEventBatchSize = batchSize,
                OnOutput = lines.Add,
                Settings = new Dictionary<string, string>
                {
                    ["Storage:ConnectionString"] = storage.ConnectionString,
                    ["Baseline:Name"] = baseline,
                    ["Baseline:HalfLifeDays"] = "0",
                    ["Baseline:LaunchesPerHostAndDay"] = "0",
                    ["Fleet:RefreshInterval"] = "00:00:01",
                },
            };
            await using var host = await FunctionsHost.StartAsync(options, cancellationToken);
            await SendAsync(host, telemetry, cancellationToken);
            var counts = await CountCheck.OfAsync(telemetry, storage.ConnectionString, baseline, cancellationToken);
            await File.WriteAllLinesAsync(output, host.Detections.Select(d => d.Text).Distinct().OrderBy(Time).ThenBy(t => t, StringComparer.Ordinal), cancellationToken);
            var isEqual = counts is { Differences: 0 };
            Terminal.Out.WriteLine($"{counts!.Launches:N0} launches in {SumOfLineages(telemetry):N0} lineages of baseline {baseline}; {(isEqual ? "equal to" : $"{counts.Differences} differ from")} a plain count of the files");
            Terminal.Out.WriteLine($"{host.Detections.DistinctBy(d => d.Text).Count():N0} detections → {output}");
            return isEqual ? Verb.Success : Verb.Failure;
        }
        catch (HostFailedException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private static Task<DemoStorage> OpenAsync(string? connection, int port, CancellationToken cancellationToken) => connection is null
        ? DemoStorage.OpenAsync(port, line => Terminal.Out.MarkupLineInterpolated($"[grey]{line}[/]"), cancellationToken)
        : Task.FromResult(DemoStorage.At(connection));

    private static async Task SendAsync(FunctionsHost host, DemoTelemetry telemetry, CancellationToken cancellationToken) => await Terminal.Out.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .StartAsync(async context =>
        {
            var bar = context.AddTask("telemetry → detections", maxValue: telemetry.Messages);
            var feeds = telemetry.ByPartition.Select(p => new PartitionFeed(p.Key, p.Value.ToAsyncEnumerable())).ToList();
            await host.RunAsync(feeds, new Progress<BatchReport>(report => bar.Increment(report.Batch.Messages.Count)), cancellationToken);
        });

    /// <summary>Distinct pairs of all partitions together: a number that the partitioning does not change.</summary>
    private static int SumOfLineages(DemoTelemetry telemetry) => telemetry.ByPartition.Values.SelectMany(CountCheck.Plain).Distinct().Count();

    private static long Time(string finding)
    {
        using var document = JsonDocument.Parse(finding);
        return document.RootElement.GetProperty("start_time").GetInt64();
    }
}
