using System.Collections.Concurrent;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Partitions;
using Changeling.Storing;

namespace Changeling.Pipeline;

/// <summary>
/// One gate per event partition: inside a process one batch at a time uses a partition's cached rows. The watermark's row version,
/// not this gate, keeps processes apart.
/// </summary>
internal sealed class PartitionGates(IBaselineStore store, PipelineSettings settings)
{
    private readonly HalfLife _halfLife = HalfLife.Of(settings.HalfLifeDays);
    private readonly ConcurrentDictionary<EventPartition, Gate> _gates = new();

    /// <summary>The partitions that were ever entered.</summary>
    public IReadOnlyCollection<EventPartition> Known => [.. _gates.Keys];

    /// <summary>Waits for the partition; disposing the result lets the next batch in.</summary>
    public async Task<Entered> EnterAsync(EventPartition partition, CancellationToken cancellationToken)
    {
        var gate = _gates.GetOrAdd(partition, p => new Gate(new PartitionBaseline(
            store, new BaselinePartition(settings.BaselineName, p), _halfLife, settings.CachedRows,
            new HostLimit(settings.LaunchesPerHostAndDay, settings.HostLimitBelowPercent))));
        await gate.Turn.WaitAsync(cancellationToken);
        return new Entered(gate);
    }

    internal sealed record Gate(PartitionBaseline Baseline)
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);
    }

    internal readonly struct Entered(Gate gate) : IDisposable
    {
        public PartitionBaseline Baseline => gate.Baseline;

        public void Dispose() => gate.Turn.Release();
    }
}
