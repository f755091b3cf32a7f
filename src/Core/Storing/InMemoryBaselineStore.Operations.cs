using Changeling.Counts;

namespace Changeling.Storing;

/// <summary>The operations for operators' commands, in memory.</summary>
public sealed partial class InMemoryBaselineStore : IBaselineRows
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<BaselinePartition>> FindPartitionsAsync(string baseline, CancellationToken cancellationToken) => Locked(() =>
        (IReadOnlyList<BaselinePartition>)[.. _partitions.Where(p => p.Key.Baseline == baseline && p.Value.Watermark is not null)
            .Select(p => p.Key).OrderBy(p => p.ToString(), StringComparer.Ordinal)]);

    /// <inheritdoc/>
    public Task<PartitionGuard?> ReadGuardAsync(BaselinePartition partition, CancellationToken cancellationToken) => Locked(() =>
        RowsOf(partition) is { Watermark: { } watermark } rows ? new PartitionGuard(watermark, rows.Version, rows.IsResetting) : null);

    /// <inheritdoc/>
    public Task<ImportNote?> ReadImportAsync(BaselinePartition partition, string source, CancellationToken cancellationToken) =>
        Locked(() => RowsOf(partition).Imports.GetValueOrDefault(source));

    /// <inheritdoc/>
    public Task<RowPage<LaunchEntry>> ReadLaunchPageAsync(
        BaselinePartition partition, string? after, CancellationToken cancellationToken) =>
        Locked(() => Page(RowsOf(partition).LaunchEntries(), row => row.Key, after));

    /// <inheritdoc/>
    public Task<RowPage<DetectionEntry>> ReadDetectionPageAsync(
        BaselinePartition partition, string? after, CancellationToken cancellationToken) =>
        Locked(() => Page(RowsOf(partition).DetectionEntries(), row => row.Key, after));

    /// <inheritdoc/>
    public Task<RowPage<SignalsEntry>> ReadSignalPageAsync(
        BaselinePartition partition, string? after, CancellationToken cancellationToken) =>
        Locked(() => Page(RowsOf(partition).SignalsEntries(), row => row.Key, after));

    /// <inheritdoc/>
    public Task<RowPage<Occurrence>> ReadOccurrencePageAsync(
        BaselinePartition partition, OccurrenceKind kind, string? after, CancellationToken cancellationToken) =>
        Locked(() => Page(RowsOf(partition).OccurrenceEntries().Where(s => s.Kind == kind), row => row.Key, after));

    /// <inheritdoc/>
    public Task<RowPage<NamedKey>> ReadRulePageAsync(
        BaselinePartition partition, OccurrenceKind kind, string? after, CancellationToken cancellationToken) =>
        Locked(() => Page(RowsOf(partition).RuleEntries(kind), row => row.Key, after));

    /// <inheritdoc/>
    public Task<RowPage<ExceptionCount>> ReadExceptionPageAsync(
        BaselinePartition partition, string? after, CancellationToken cancellationToken) =>
        Locked(() => Page(RowsOf(partition).Exceptions.Values, row => ExceptionKey(row.Id), after));

    /// <inheritdoc/>
    public Task<RowPage<RowKey>> ReadKeyPageAsync(BaselinePartition partition, string? after, CancellationToken cancellationToken) =>
        Locked(() => Page(RowsOf(partition).Keys(), row => row.Key, after));

    /// <inheritdoc/>
    public Task<CommitResult> EditAsync(BaselinePartition partition, BaselineEdit edit, CancellationToken cancellationToken) => Locked(() =>
    {
        var rows = RowsOf(partition);
        if (edit.Rows > BaselineCommit.MaxRows) return new CommitResult(CommitOutcome.Refused, Detail: "too many rows");
        if (rows.Watermark is null ? edit.ExpectedVersion is not null : edit.ExpectedVersion != rows.Version)
            return new CommitResult(CommitOutcome.Unknown, Detail: "the watermark has moved");
        if (!edit.Deletes.All(rows.Keys().Select(k => k.Key).ToHashSet(StringComparer.Ordinal).Contains))
            return new CommitResult(CommitOutcome.Unknown, Detail: "a row is gone");

        rows.Apply(edit);
        return new CommitResult(CommitOutcome.Committed, rows.Version);
    });

    private Task<T> Locked<T>(Func<T> ask)
    {
        lock (_gate) return Task.FromResult(ask());
    }

    private static RowPage<T> Page<T>(IEnumerable<T> rows, Func<T, string> key, string? after)
    {
        var page = rows.OrderBy(key, StringComparer.Ordinal)
            .Where(r => string.CompareOrdinal(key(r), after) > 0)
            .Take(SweepPageRows + 1)
            .ToList();
        return page.Count > SweepPageRows ? new(page[..^1], key(page[^2])) : new(page, null);
    }

    private static string ExceptionKey(string id) => $"exception\0{id}";

    private sealed partial class Rows
    {
        public bool IsResetting { get; private set; }

        public Dictionary<string, ImportNote> Imports { get; } = new(StringComparer.Ordinal);

        public IEnumerable<LaunchEntry> LaunchEntries() => Launches.SelectMany(p => p.Value.Select(c =>
            new LaunchEntry($"parent\0{p.Key}\0{c.Key}", $"parent\0{p.Key}\0", p.Key, c.Value)));

        /// <summary>Newest first, as in the table.</summary>
        public IEnumerable<DetectionEntry> DetectionEntries() => Detections.Values.Select(d => new DetectionEntry(
            $"detection\0{int.MaxValue - d.Position.Epoch:d10}{long.MaxValue - d.Position.SequenceNumber:d19}{int.MaxValue - d.Position.RecordIndex:d10}\0{d.RuleId}",
            d));

        public IEnumerable<Occurrence> OccurrenceEntries() =>
            Occurrences.Select(s => new Occurrence(Key(s.Key), s.Key.Kind, s.Key.Child, s.Key.Name)
            {
                Count = s.Value.Count,
                FirstSeen = s.Value.FirstSeen,
                LastSeen = s.Value.LastSeen,
            });

        public IEnumerable<NamedKey> RuleEntries(OccurrenceKind kind) =>
            Sums.Keys.Where(k => k.Kind == (kind == OccurrenceKind.Host ? ClusterKind.Host : ClusterKind.User))
                .Select(k => new NamedKey(Key(k), k.Entity))
                .Concat(Quotas.Keys.Where(_ => kind == OccurrenceKind.Host).Select(k => new NamedKey(Key(k), k.Host)));

        public IEnumerable<RowKey> Keys() => LaunchEntries().Select(l => new RowKey(l.Key, IsDetection: false))
            .Concat(DetectionEntries().Select(d => new RowKey(d.Key, IsDetection: true)))
            .Concat(
                Occurrences.Keys.Select(Key)
                    .Concat(Sums.Keys.Select(Key))
                    .Concat(Quotas.Keys.Select(Key))
                    .Select(key => new RowKey(key, IsDetection: false)))
            .Concat(SignalsEntries().Select(s => new RowKey(s.Key, IsDetection: false)))
            .Concat(Exceptions.Keys.Select(id => new RowKey(ExceptionKey(id), IsDetection: false)))
            .Concat(Imports.Keys.Select(key => new RowKey($"import\0{key}", IsDetection: false)));

        public void Apply(BaselineEdit edit)
        {
            foreach (var key in edit.Deletes) Delete(key);
            foreach (var (parent, row) in edit.Launches)
            {
                if (!Launches.TryGetValue(parent, out var children)) Launches[parent] = children = new(StringComparer.Ordinal);
                children[row.Name ?? SharedRow] = row;
            }

            if (edit.Import is { } note) Imports[note.Source] = note;
            (Watermark, IsResetting) = (edit.Next, edit.IsResetting);
            _version++;
        }

        private void Delete(string key)
        {
            if (LaunchEntries().FirstOrDefault(l => l.Key == key) is { } launch)
                Launches[launch.Parent].Remove(launch.Row.Name ?? SharedRow);
            else if (DetectionEntries().FirstOrDefault(d => d.Key == key) is { } found)
                Detections.Remove((found.Detection.Position, found.Detection.RuleId));
            else if (key.StartsWith(ExceptionKey(""), StringComparison.Ordinal)) Exceptions.Remove(key[ExceptionKey("").Length..]);
            else if (!RemoveSignals(key) && !Remove(Occurrences, key) && !Remove(Sums, key) && !Remove(Quotas, key))
                Imports.Remove(key["import\0".Length..]);
        }
    }
}
