using Changeling.Benchmarking.Apps;
using Changeling.Benchmarking.Measuring;
using Changeling.Benchmarking.Samples;
using Changeling.HostStandIn.Azurite;

namespace Changeling.Benchmarking.Stages;

/// <summary>
/// The real worker with the stand-in of its host and the emulator, on all cores. One worker runs for each number of partitions, and each
/// round brings the next hours of the same fleet.
/// </summary>
internal sealed class AppStage(
    BenchOptions options, IReadOnlyList<SampleEvents> parts, AzuriteServer azurite, RequestLog requests) : Stage("app"), IAsyncDisposable
{
    /// <summary>Account 0 is for the store alone.</summary>
    private const int FirstAccount = 1;

    private readonly List<RunningApp> _apps = [];
    private int _round;

    public override bool IsThreadTime => false;

    /// <summary>The first pass has figures of its own.</summary>
    public override int WarmUps(int usual) => 1;

    public override async Task<IReadOnlyList<Repetition>> RunAsync(CancellationToken cancellationToken)
    {
        if (_apps.Count == 0) await StartAsync(cancellationToken);
        var part = parts[_round];
        var repetitions = new List<Repetition>();
        foreach (var app in _apps) repetitions.Add(await app.PassAsync(part, isFirst: _round == 0, cancellationToken));
        _round++;
        return repetitions;
    }

    public override StageResult ResultOf(IReadOnlyList<IReadOnlyList<Repetition>> repetitions)
    {
        var result = PartitionResults.Of(Name, options.Partitions, repetitions);
        var all = options.Partitions.Zip(_apps).ToDictionary(
            p => p.First,
            p => result.ByPartitions[p.First] with { More = With(result.ByPartitions[p.First].More, p.Second) });
        return all[options.Partitions[0]] with { ByPartitions = all };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps) await app.DisposeAsync();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (index, partitions) in options.Partitions.Index())
        {
            _apps.Add(await RunningApp.StartAsync(
                options.AppFolder(), azurite.ConnectionStringOf(FirstAccount + index), requests, partitions, parts[0], cancellationToken));
        }
    }

    private static Dictionary<string, double> With(IReadOnlyDictionary<string, double> more, RunningApp app)
    {
        var all = new Dictionary<string, double>(more)
        {
            ["batch_p50_milliseconds"] = app.BatchTime(0.5).TotalMilliseconds,
            ["batch_p99_milliseconds"] = app.BatchTime(0.99).TotalMilliseconds,
            ["peak_memory_bytes"] = app.PeakMemory,
            ["start_process_seconds"] = app.ProcessTimeToFirst.TotalSeconds,
            ["start_seconds"] = app.TimeToFirst.TotalSeconds,
            ["first_pass_cpu_microseconds_per_event"] = app.FirstPass,
        };
        if (app.FirstMinute is { } minute) all["first_minute_cpu_microseconds_per_event"] = minute;
        return all;
    }
}
