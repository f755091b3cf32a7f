using Changeling.Benchmarking.Apps;
using Changeling.Benchmarking.Measuring;
using Changeling.Benchmarking.Naive;
using Changeling.Benchmarking.Samples;
using Changeling.Benchmarking.Stages;
using Changeling.HostStandIn;
using Changeling.HostStandIn.Azurite;

namespace Changeling.Benchmarking;

/// <summary>
/// Measures the stages of one run. Their repetitions alternate, so that a slow minute of the machine falls on all of them.
/// </summary>
public static class Bench
{
    private static readonly string[] OfStore = ["store_floor", "app"];

    /// <summary>Measures.</summary>
    /// <param name="options">The options.</param>
    /// <param name="progress">Receives what is done now, in words.</param>
    /// <param name="cancellationToken">Stops between repetitions.</param>
    /// <returns>One result for each stage, in the order of <see cref="BenchOptions.Names"/>.</returns>
    /// <exception cref="HostFailedException">The emulator or the app does not start, or a batch fails.</exception>
    public static async Task<IReadOnlyList<StageResult>> RunAsync(
        BenchOptions options, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var requests = new RequestLog();
        await using var azurite = options.Stages.Intersect(OfStore).Any()
            ? await AzuriteServer.StartAsync(
                new AzuriteOptions { ToolsFolder = options.ToolsFolder(), OnProgress = progress.Report, OnRequest = requests.Add },
                cancellationToken)
            : null;
        progress.Report("simulating telemetry");
        var stages = StagesOf(options, azurite, requests, progress).ToList();
        try
        {
            return await RunAsync(stages, options, progress, cancellationToken);
        }
        finally
        {
            foreach (var stage in stages.OfType<IAsyncDisposable>()) await stage.DisposeAsync();
        }
    }

    private static IEnumerable<Stage> StagesOf(
        BenchOptions options, AzuriteServer? azurite, RequestLog requests, IProgress<string> progress)
    {
        var sample = new Lazy<SampleEvents>(() => SampleEvents.Of(options.Events));
        foreach (var name in BenchOptions.Names.Where(options.Stages.Contains))
        {
            progress.Report($"preparing {name}");
            yield return name switch
            {
                "floor" => EventStages.Floor(sample.Value),
                "read" => EventStages.Read(sample.Value),
                "features" => EventStages.Features(sample.Value),
                "model" => EventStages.Model(sample.Value, options.Model),
                "pipeline" => EventStages.Pipeline(name, sample.Value, options),
                "pipeline_distinct" => EventStages.Pipeline(name, SampleEvents.Of(options.Events, isDistinct: true), options),
                "naive" => EventStages.Naive(sample.Value, NaiveFunction.Train()),
                "store_floor" => new StoreFloorStage(sample.Value, options, azurite!.ConnectionString),
                "app" => new AppStage(options, AppParts(options), azurite!, requests),
                _ => new BacktestStage(sample.Value, options),
            };
        }
    }

    /// <summary>A part for the first pass, and one for each repetition.</summary>
    private static IReadOnlyList<SampleEvents> AppParts(BenchOptions options)
    {
        var passes = options.Repetitions + 1;
        return SampleEvents.Of(options.Events * passes).Split(passes);
    }

    private static async Task<IReadOnlyList<StageResult>> RunAsync(
        IReadOnlyList<Stage> stages, BenchOptions options, IProgress<string> progress, CancellationToken cancellationToken)
    {
        for (var round = 0; round < options.WarmUps; round++)
        {
            foreach (var stage in stages.Where(s => round < s.WarmUps(options.WarmUps)))
            {
                progress.Report($"warming up {stage.Name}");
                await stage.RunAsync(cancellationToken);
            }
        }

        var results = stages.Select(_ => new List<IReadOnlyList<Repetition>>()).ToList();
        for (var round = 1; round <= options.Repetitions; round++)
        {
            foreach (var (index, stage) in stages.Index())
            {
                progress.Report($"round {round} of {options.Repetitions}: {stage.Name}");
                results[index].Add(await stage.RunAsync(cancellationToken));
            }
        }

        return [.. stages.Select((stage, index) => stage.ResultOf(results[index]))];
    }
}
