using System.Globalization;

namespace Changeling.Baseline;

/// <summary>A baseline store in memory, with the same rules as the Table: for tests and for a terminal without storage.</summary>
public sealed class InMemoryBaselineStore : IBaselineStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<BaselinePartition, Rows> _partitions = [];

    /// <inheritdoc/>
    public Task<(Watermark Watermark, string ETag)?> ReadWatermarkAsync(BaselinePartition partition, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var rows = RowsOf(partition);
            return Task.FromResult(rows.Watermark is { } watermark ? (watermark, rows.ETag) : ((Watermark, string)?)null);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LaunchRow>> ReadLaunchesAsync(
        BaselinePartition partition, string parent, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            IReadOnlyList<LaunchRow> rows = RowsOf(partition).Launches.TryGetValue(parent, out var children) ? [.. children.Values] : [];
            return Task.FromResult(rows);
        }
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
            if (CommitRules.Refusal(commit) is { } refusal) return Task.FromResult(new CommitResult(CommitOutcome.Refused, Detail: refusal));

            var rows = RowsOf(partition);
            if (rows.Watermark is null ? commit.Expected is not null : commit.Expected != rows.ETag)
            {
                return Task.FromResult(new CommitResult(CommitOutcome.Unknown, Detail: "the watermark has moved"));
            }

            rows.Apply(commit);
            return Task.FromResult(new CommitResult(CommitOutcome.Committed, rows.ETag));
        }
    }

    private Rows RowsOf(BaselinePartition partition)
    {
        if (!_partitions.TryGetValue(partition, out var rows)) _partitions[partition] = rows = new Rows();
        return rows;
    }

    private sealed class Rows
    {
        /// <summary>No name is empty, so none can take the shared row's place.</summary>
        private const string SharedRow = "";

        private int _version;

        public Watermark? Watermark { get; private set; }

        public string ETag => _version.ToString(CultureInfo.InvariantCulture);

        public Dictionary<string, Dictionary<string, LaunchRow>> Launches { get; } = new(StringComparer.Ordinal);

        public SortedDictionary<(Position Position, string Rule), StoredDetection> Detections { get; } = [];

        public void Apply(BaselineCommit commit)
        {
            foreach (var (parent, row) in commit.Launches)
            {
                if (!Launches.TryGetValue(parent, out var children)) Launches[parent] = children = new(StringComparer.Ordinal);
                children[row.Child ?? SharedRow] = row;
            }

            foreach (var detection in commit.Detections) Detections[(detection.Position, detection.RuleId)] = detection;
            Watermark = commit.Next;
            _version++;
        }
    }
}
