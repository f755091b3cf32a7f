using System.Diagnostics;
using System.Globalization;
using Changeling.Benchmarking.Measuring;
using Changeling.Benchmarking.Samples;
using Changeling.Counts;
using Changeling.Storage;
using Changeling.Storing;

namespace Changeling.Benchmarking.Stages;

/// <summary>
/// What the store alone takes: the commits of the pipeline, sent to the emulator through the official client without anything else. The
/// partitions send at the same time, each one commit after the other.
/// </summary>
internal sealed class StoreFloorStage(SampleEvents sample, BenchOptions options, string connectionString) : Stage("store_floor")
{
    private readonly StorageClients _clients = new(new StorageOptions { ConnectionString = connectionString });
    private readonly Dictionary<int, RecordedCommits> _commits =
        options.Partitions.ToDictionary(partitions => partitions, partitions => RecordedCommits.Of(sample, partitions, options));

    private int _round;

    public override bool IsThreadTime => false;

    public override int WarmUps(int usual) => Math.Min(usual, 1);

    public override async Task<IReadOnlyList<Repetition>> RunAsync(CancellationToken cancellationToken)
    {
        await _clients.CreateOnEmulatorAsync(cancellationToken);
        var table = LineageTable.Open(_clients);
        var repetitions = new List<Repetition>();
        foreach (var partitions in options.Partitions) repetitions.Add(await RunAsync(table, _commits[partitions], cancellationToken));
        return repetitions;
    }

    public override StageResult ResultOf(IReadOnlyList<IReadOnlyList<Repetition>> repetitions) =>
        PartitionResults.Of(Name, options.Partitions, repetitions);

    private async Task<Repetition> RunAsync(LineageTable table, RecordedCommits commits, CancellationToken cancellationToken)
    {
        var baseline = string.Create(CultureInfo.InvariantCulture, $"floor-{_round++}");
        var bytes = GC.GetTotalAllocatedBytes();
        var from = Stopwatch.GetTimestamp();
        await Task.WhenAll(commits.All.Select(p => Task.Run(
            () => SendAsync(table, new BaselinePartition(baseline, p.Partition.Source), p.Commits, cancellationToken), cancellationToken)));
        return new(sample.Count, Stopwatch.GetElapsedTime(from), GC.GetTotalAllocatedBytes() - bytes)
        {
            More = new Dictionary<string, double>
            {
                ["transactions_per_1000_events"] = commits.Count * 1000.0 / sample.Count,
            },
        };
    }

    private static async Task SendAsync(
        LineageTable table, BaselinePartition partition, IReadOnlyList<BaselineCommit> commits, CancellationToken cancellationToken)
    {
        string? version = null;
        foreach (var commit in commits)
        {
            var result = await table.CommitAsync(partition, commit with { ExpectedVersion = version }, cancellationToken);
            version = result.Outcome == CommitOutcome.Committed
                ? result.Version
                : throw new StoreUnavailableException($"a commit of the benchmark did not go through ({result.Outcome}: {result.Detail}).");
        }
    }
}
