using Changeling.Events;

namespace Changeling.Storing;

/// <summary>The rows of signals, in memory.</summary>
public sealed partial class InMemoryBaselineStore
{
    /// <summary>The rows of signals of one partition behind a position, in order of position.</summary>
    /// <param name="partition">The partition, as text.</param>
    /// <param name="after">The last row that was read; <see langword="null"/> to begin.</param>
    /// <param name="most">Maximum number of rows.</param>
    public IReadOnlyList<StoredSignals> Signals(string partition, Position? after, int most)
    {
        lock (_gate)
        {
            var signals = Named(partition).Signals;
            var start = after is { } last ? Behind(signals.Keys, last) : 0;
            return [.. Enumerable.Range(start, Math.Min(most, signals.Count - start)).Select(signals.GetValueAtIndex)];
        }
    }

    /// <summary>Deletes the rows of signals that were read, as sweeping does later, because a long history has many of them.</summary>
    /// <param name="partition">The partition, as text.</param>
    /// <param name="last">The last of these rows.</param>
    /// <returns>The deleted rows, in order of position.</returns>
    public IReadOnlyList<StoredSignals> DropSignals(string partition, Position last)
    {
        lock (_gate)
        {
            var signals = Named(partition).Signals;
            var read = signals.Values.Take(Behind(signals.Keys, last)).ToList();
            for (var i = read.Count - 1; i >= 0; i--) signals.RemoveAt(i);
            return read;
        }
    }

    /// <summary>Index of the first position behind another one.</summary>
    private static int Behind(IList<Position> positions, Position last)
    {
        var (low, high) = (0, positions.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (positions[middle] > last) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    private sealed partial class Rows
    {
        public IEnumerable<SignalsEntry> SignalsEntries() => Signals.Values.Select(s => new SignalsEntry(SignalsKey(s), s));

        private static string SignalsKey(StoredSignals signals) =>
            $"signals\0{signals.First.Epoch:d10}{signals.First.SequenceNumber:d19}{signals.First.RecordIndex:d10}";

        private bool RemoveSignals(string key) =>
            Signals.Values.FirstOrDefault(s => SignalsKey(s) == key) is { } found && Signals.Remove(found.First);
    }
}
