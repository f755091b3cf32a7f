using System.Globalization;
using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Storing;

/// <summary>A baseline store in memory, with the same rules as the Table: for tests and for a terminal without storage.</summary>
public sealed partial class InMemoryBaselineStore : IBaselineStore, ISweepStore
{
    /// <summary>A small page, so that tests read several pages.</summary>
    private const int SweepPageRows = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<BaselinePartition, Rows> _partitions = [];

    /// <inheritdoc/>
    public ICommitSizes Sizes => InMemoryCommitSizes.Instance;

    /// <inheritdoc/>
    public Task<(Watermark Watermark, string Version)?> ReadWatermarkAsync(BaselinePartition partition, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var rows = RowsOf(partition);
            if (rows.IsResetting) throw PartitionGuard.Resetting(partition.ToString());
            return Task.FromResult(rows.Watermark is { } watermark ? (watermark, rows.Version) : ((Watermark, string)?)null);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<CountRow>> ReadLaunchesAsync(
        BaselinePartition partition, string parent, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            IReadOnlyList<CountRow> rows = RowsOf(partition).Launches.TryGetValue(parent, out var children) ? [.. children.Values] : [];
            return Task.FromResult(rows);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<CountRow>> ReadOccurrencesAsync(
        BaselinePartition partition, OccurrenceKind kind, string child, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            IReadOnlyList<CountRow> rows =
            [
                .. RowsOf(partition).Occurrences.Where(s => s.Key.Kind == kind && s.Key.Child == child).Select(s => s.Value),
            ];
            return Task.FromResult(rows);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MaliciousSum>> ReadSumsAsync(
        BaselinePartition partition, ClockWindow window, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            IReadOnlyList<MaliciousSum> sums = [.. RowsOf(partition).Sums.Values.Where(s => s.Key.Window == window)];
            return Task.FromResult(sums);
        }
    }

    /// <inheritdoc/>
    public Task<Quota?> ReadQuotaAsync(BaselinePartition partition, QuotaKey key, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(RowsOf(partition).Quotas.GetValueOrDefault(key));
    }

    /// <inheritdoc/>
    public Task<ExceptionCount?> ReadExceptionAsync(BaselinePartition partition, string id, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(RowsOf(partition).Exceptions.GetValueOrDefault(id));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredDetection>> ReadDetectionsAsync(
        BaselinePartition partition, Position first, Position last, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            IReadOnlyList<StoredDetection> found =
                [.. RowsOf(partition).Detections.Values.Where(d => d.Position >= first && d.Position <= last)];
            return Task.FromResult(found);
        }
    }

    /// <inheritdoc/>
    public Task<CommitResult> CommitAsync(BaselinePartition partition, BaselineCommit commit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (CommitRules.Refusal(commit) is { } refusal)
                return Task.FromResult(new CommitResult(CommitOutcome.Refused, Detail: refusal));

            var rows = RowsOf(partition);
            if (rows.Watermark is null ? commit.ExpectedVersion is not null : commit.ExpectedVersion != rows.Version)
            {
                return Task.FromResult(new CommitResult(CommitOutcome.Unknown, Detail: "the watermark has moved"));
            }

            rows.Apply(commit);
            return Task.FromResult(new CommitResult(CommitOutcome.Committed, rows.Version));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> PartitionsAsync(string baseline, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<string>>(
                [.. _partitions.Keys.Where(p => p.Baseline == baseline).Select(p => p.ToString()).Order(StringComparer.Ordinal)]);
        }
    }

    /// <inheritdoc/>
    public Task<SweepState?> ReadStateAsync(string partition, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var rows = Named(partition);
            return Task.FromResult(
                rows.Watermark is { } watermark ? new SweepState(new PartitionClock(watermark.HighestEnqueuedTime), rows.Swept) : null);
        }
    }

    /// <inheritdoc/>
    public Task<SweepPage> ReadPageAsync(string partition, string? after, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var page = Named(partition).ToSweep().Where(r => string.CompareOrdinal(r.Key, after) > 0).Take(SweepPageRows + 1).ToList();
            return Task.FromResult(page.Count > SweepPageRows ? new SweepPage(page[..^1], page[^2].Key) : new SweepPage(page, null));
        }
    }

    /// <inheritdoc/>
    public Task<(int Deleted, int Requests)> DeleteAsync(
        string partition, IReadOnlyList<SweepRow> rows, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var stored = Named(partition);
            return Task.FromResult((rows.Count(stored.Remove), rows.Count));
        }
    }

    /// <inheritdoc/>
    public Task SaveProgressAsync(string partition, SweepProgress progress, CancellationToken cancellationToken)
    {
        lock (_gate) Named(partition).Swept = progress;
        return Task.CompletedTask;
    }

    /// <summary>Deletes the sums of evaluated windows, as sweeping does later, because a long history has many of them.</summary>
    /// <param name="last">The last of these windows.</param>
    public void DropSums(ClockWindow last)
    {
        lock (_gate)
        {
            foreach (var sums in _partitions.Values.Select(rows => rows.Sums))
            {
                foreach (var key in sums.Keys.Where(key => key.Window <= last).ToList()) sums.Remove(key);
            }
        }
    }

    /// <summary>All rows of a partition except its outbox and the counts of exceptions, for copying into another store.</summary>
    /// <returns><see langword="null"/> before the first commit.</returns>
    public PartitionRows? Copy(BaselinePartition partition)
    {
        lock (_gate)
        {
            var rows = RowsOf(partition);
            return rows.Watermark is null ? null : new PartitionRows(rows.Watermark)
            {
                Launches = [.. rows.Launches.SelectMany(p => p.Value.Values, (p, row) => (p.Key, row))],
                Occurrences = [.. rows.Occurrences.Select(s => (s.Key.Kind, s.Key.Child, s.Value))],
                Sums = [.. rows.Sums.Values],
                Quotas = [.. rows.Quotas.Select(q => (q.Key, q.Value))],
                Signals = [.. rows.Signals.Values],
            };
        }
    }

    private Rows Named(string partition) => _partitions.FirstOrDefault(p => p.Key.ToString() == partition).Value ?? new Rows();

    private Rows RowsOf(BaselinePartition partition)
    {
        if (!_partitions.TryGetValue(partition, out var rows)) _partitions[partition] = rows = new Rows();
        return rows;
    }

    private sealed partial class Rows
    {
        /// <summary>The key of the shared row. It is empty, and no name is empty.</summary>
        private const string SharedRow = "";

        private int _version;

        public Watermark? Watermark { get; private set; }

        public string Version => _version.ToString(CultureInfo.InvariantCulture);

        public Dictionary<string, Dictionary<string, CountRow>> Launches { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<(Position Position, string Rule), StoredDetection> Detections { get; } = [];

        /// <summary>In order of position, so that a reader finds its place without looking at what it has read.</summary>
        public SortedList<Position, StoredSignals> Signals { get; } = [];

        public Dictionary<(OccurrenceKind Kind, string Child, string Name), CountRow> Occurrences { get; } = [];

        public Dictionary<SumKey, MaliciousSum> Sums { get; } = [];

        public Dictionary<QuotaKey, Quota> Quotas { get; } = [];

        public Dictionary<string, ExceptionCount> Exceptions { get; } = new(StringComparer.Ordinal);

        public SweepProgress? Swept { get; set; }

        /// <summary>The rows for sweeping, in order of key. The content of a row serves as its row version.</summary>
        public IEnumerable<SweepRow> ToSweep() => Launches
            .SelectMany(p => p.Value.Select(c => new SweepRow($"parent\0{p.Key}\0{c.Key}", c.Value.ToString(), c.Value, null)))
            .Concat(Detections.Select(d => new SweepRow($"detection\0{d.Key.Position}\0{d.Key.Rule}", "", null, d.Value.EnqueuedTime)))
            .Concat(Signals.Values.Select(s => new SweepRow(SignalsKey(s), "", null, null) { SignalsAt = s.EnqueuedTime }))
            .Concat(Occurrences.Select(s => new SweepRow(Key(s.Key), s.Value.ToString(), s.Value, null)))
            .Concat(Sums.Select(s => new SweepRow(Key(s.Key), $"{s.Value.Launches}", null, null) { Window = s.Key.Window }))
            .Concat(Quotas.Select(q => new SweepRow(Key(q.Key), q.Value.ToString(), null, null) { QuotaHour = q.Value.Hour }))
            .OrderBy(r => r.Key, StringComparer.Ordinal);

        public bool Remove(SweepRow row)
        {
            if (ToSweep().FirstOrDefault(r => r.Key == row.Key) is not { } stored || stored.Version != row.Version) return false;
            if (RemoveSignals(row.Key) || Remove(Occurrences, row.Key) || Remove(Sums, row.Key) || Remove(Quotas, row.Key)) return true;
            var parts = row.Key.Split('\0', 3);
            return row.Launch is not null
                ? Launches[parts[1]].Remove(parts[2])
                : Detections.Remove(Detections.Keys.First(k => k.Position.ToString() == parts[1] && k.Rule == parts[2]));
        }

        private static string Key<T>(T key) => $"{typeof(T).Name}\0{key}";

        private static bool Remove<TKey, TValue>(Dictionary<TKey, TValue> rows, string named)
            where TKey : notnull =>
            rows.Keys.Where(k => Key(k) == named).ToList() is [var key] && rows.Remove(key);

        public void Apply(BaselineCommit commit)
        {
            foreach (var (kind, child, row) in commit.Occurrences) Occurrences[(kind, child, row.Name!)] = row;
            foreach (var sum in commit.Sums) Sums[sum.Key] = sum;
            foreach (var (key, quota) in commit.Quotas) Quotas[key] = quota;
            foreach (var count in commit.Exceptions) Exceptions[count.Id] = count;
            foreach (var (parent, row) in commit.Launches)
            {
                if (!Launches.TryGetValue(parent, out var children)) Launches[parent] = children = new(StringComparer.Ordinal);
                children[row.Name ?? SharedRow] = row;
            }

            foreach (var detection in commit.Detections) Detections[(detection.Position, detection.RuleId)] = detection;
            foreach (var signals in commit.Signals) Signals[signals.First] = signals;
            Watermark = commit.Next;
            _version++;
        }
    }
}
