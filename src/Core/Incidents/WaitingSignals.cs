using System.Text.Json;
using Changeling.Storing;

namespace Changeling.Incidents;

/// <summary>The rows that were read of one event partition.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Read">What had been read before.</param>
/// <param name="Rows">The rows behind it, in order of position.</param>
internal sealed record PartitionSignals(string Partition, SignalsRead Read, IReadOnlyList<StoredSignals> Rows);

/// <summary>A signal that waits to be taken, and what will have been read of its partition then.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Signal">The signal; <see langword="null"/> for a row without any, or a damaged one.</param>
/// <param name="After">What has been read after it.</param>
internal readonly record struct WaitingSignal(string Partition, Signal? Signal, SignalsRead After);

/// <summary>Puts the signals of all event partitions in order of time. Each partition keeps its own order.</summary>
internal static class WaitingSignals
{
    public static IEnumerable<WaitingSignal> InOrder(IEnumerable<PartitionSignals> partitions)
    {
        var heads = new PriorityQueue<IEnumerator<WaitingSignal>, (DateTimeOffset Time, string Partition)>();
        foreach (var partition in partitions) Next(heads, Of(partition).GetEnumerator());
        while (heads.TryDequeue(out var head, out _))
        {
            yield return head.Current;
            Next(heads, head);
        }
    }

    private static void Next(
        PriorityQueue<IEnumerator<WaitingSignal>, (DateTimeOffset Time, string Partition)> heads, IEnumerator<WaitingSignal> head)
    {
        if (head.MoveNext()) heads.Enqueue(head, (head.Current.Signal?.Time ?? DateTimeOffset.MinValue, head.Current.Partition));
        else head.Dispose();
    }

    private static IEnumerable<WaitingSignal> Of(PartitionSignals partition)
    {
        var taken = partition.Read.Taken;
        foreach (var row in partition.Rows)
        {
            var signals = Signals(row);
            for (var i = taken; i < signals.Count - 1; i++)
                yield return new(partition.Partition, signals[i], After(row, i + 1, partition.Read));
            yield return new(
                partition.Partition, signals.Count > taken ? signals[^1] : null, partition.Read with { Last = row.First, Taken = 0 });
            taken = 0;
        }

        SignalsRead After(StoredSignals row, int count, SignalsRead read)
        {
            var before = partition.Rows.TakeWhile(r => r.First < row.First).LastOrDefault()?.First ?? read.Last;
            return read with { Last = before, Taken = count };
        }
    }

    /// <summary>A damaged row is passed: it would stop all incidents.</summary>
    private static IReadOnlyList<Signal> Signals(StoredSignals row)
    {
        try
        {
            return SignalJson.Read(row.Body);
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
