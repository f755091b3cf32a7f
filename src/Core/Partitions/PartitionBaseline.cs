using System.Runtime.InteropServices;
using Changeling.Ancestry;
using Changeling.Counts;
using Changeling.Events;
using Changeling.Rarity;
using Changeling.Storing;

namespace Changeling.Partitions;

/// <summary>
/// What one process keeps in memory of an event partition: the watermark with its row version and the histories of recently seen
/// parents. Used by one batch at a time. Whenever a commit's outcome is not known, everything is dropped and read again.
/// </summary>
public sealed class PartitionBaseline(
    IBaselineStore store, BaselinePartition partition, HalfLife halfLife, int cachedRows, HostLimit limit = default)
{
    private readonly Dictionary<string, (ParentHistory History, long LastUse)> _parents = new(StringComparer.Ordinal);
    private (Watermark? Watermark, string? Version)? _committed;
    private SurpriseHistogram _surprises = new();
    private HostSketch _hosts = new();
    private long _use;
    private long _rows;

    /// <summary>The rows besides launches that rules need. They belong to the same watermark.</summary>
    public RuleRows RuleRows { get; } = new(store, partition, halfLife);

    /// <summary>The processes that were seen last. They are facts and no counts, and stay when the rows are dropped.</summary>
    public SeenProcesses Processes { get; } = new();

    /// <summary>The weak signals that were stored in the current clock hour.</summary>
    public RecentSignals Signals { get; } = new();

    /// <summary>The watermark that the cached rows belong to, as last read or committed.</summary>
    public Watermark? Committed => _committed?.Watermark;

    /// <summary>The partition that the rows belong to.</summary>
    public BaselinePartition Partition => partition;

    /// <summary>
    /// Histogram of the surprise of the partition's launches. It starts from the watermark that was read last and is then ahead of it, as
    /// the histories are.
    /// </summary>
    public SurpriseHistogram Surprises => _surprises;

    /// <summary>About how many hosts the partition has; from the watermark on, as <see cref="Surprises"/>.</summary>
    public HostSketch Hosts => _hosts;

    /// <summary>
    /// Drops the cached watermark if a batch does not continue from it. Another owner may have committed since, even in a new epoch, so
    /// that sequence numbers look like replays or gaps. A replay is answered without a commit, so no failed commit would reveal this.
    /// </summary>
    /// <param name="sequenceNumber">Sequence number of the batch's first message.</param>
    public void ExpectNext(long sequenceNumber)
    {
        if (_committed?.Watermark is { } watermark && sequenceNumber != watermark.Position.SequenceNumber + 1) Forget();
    }

    /// <summary>The watermark that the cached rows belong to.</summary>
    /// <param name="last">The partition's last snapshot: if it was taken at this very watermark, its parents need not be read.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async ValueTask<Watermark?> WatermarkAsync(PartitionSnapshot? last, CancellationToken cancellationToken)
    {
        if (_committed is null)
        {
            var read = await store.ReadWatermarkAsync(partition, cancellationToken);
            _committed = (read?.Watermark, read?.Version);
            _surprises = SurpriseHistogram.Parse(read?.Watermark.Surprises ?? "");
            _hosts = HostSketch.Parse(read?.Watermark.Hosts ?? "");
            if (last is not null && last.Version == read?.Version) StartWarm(last);
        }

        return _committed.Value.Watermark;
    }

    /// <summary>Whether a parent's launches are in memory.</summary>
    public bool Holds(string parent) => _parents.ContainsKey(parent);

    /// <summary>
    /// Reads the launches of parents that are not in memory. The first parent is always read, further ones only while there is room for the
    /// maximum number of their rows. So at most <c>Pipeline:CachedRows</c> rows and the rows of one parent are in memory.
    /// </summary>
    public async Task LoadAsync(IReadOnlyList<string> parents, CancellationToken cancellationToken)
    {
        for (var done = 0; done < parents.Count && (done == 0 || !IsFull);)
        {
            var some = parents.Skip(done)
                .Take((int)Math.Clamp((cachedRows - CachedRows) / ParentHistory.MaxOwnRows, 1, StoreReads.MaxAtOnce))
                .ToList();
            foreach (
                var (parent, rows) in await some.ReadTogetherAsync(parent => store.ReadLaunchesAsync(partition, parent, cancellationToken)))
            {
                var history = new ParentHistory(parent, rows, halfLife, limit);
                _parents[parent] = (history, ++_use);
                _rows += Cost(history);
            }

            done += some.Count;
        }
    }

    /// <summary>The launches of one parent, which must have been loaded.</summary>
    public ParentHistory History(string parent)
    {
        ref var kept = ref CollectionsMarshal.GetValueRefOrNullRef(_parents, parent);
        kept.LastUse = ++_use;
        return kept.History;
    }

    /// <summary>
    /// Whether the maximum number of rows is in memory. The chunk must then be committed, because parents are removed from memory only
    /// between chunks.
    /// </summary>
    public bool IsFull => CachedRows >= cachedRows;

    /// <summary>The sizes of rows in a commit, as the store measures them.</summary>
    public ICommitSizes Sizes => store.Sizes;

    /// <summary>Number of rows in memory.</summary>
    public long CachedRows => _rows + RuleRows.Count;

    /// <summary>The outbox between two positions, both included.</summary>
    public Task<IReadOnlyList<StoredDetection>> DetectionsAsync(Position first, Position last, CancellationToken cancellationToken) =>
        store.ReadDetectionsAsync(partition, first, last, cancellationToken);

    /// <summary>Commits what was decided on the cached rows. Unless it is known to be stored, all that is cached is dropped.</summary>
    /// <param name="toCommit">Makes the commit for the row version that the cached rows belong to.</param>
    /// <param name="cancellationToken">Stops the request; whether it was applied is then unknown.</param>
    public async Task<CommitResult> CommitAsync(Func<string?, BaselineCommit> toCommit, CancellationToken cancellationToken)
    {
        try
        {
            var commit = toCommit(_committed?.Version);
            var result = await store.CommitAsync(partition, commit, cancellationToken);
            if (result.Outcome == CommitOutcome.Committed)
            {
                _committed = (commit.Next, result.Version);
                Trim();
            }
            else
            {
                Forget();
            }

            return result;
        }
        catch
        {
            Forget();
            throw;
        }
    }

    /// <summary>
    /// The snapshot for other partitions and for the next owner: the cached parents, and as many of the last snapshot as there is room for.
    /// </summary>
    /// <param name="last">The partition's last snapshot, if any.</param>
    /// <returns><see langword="null"/> while nothing is committed or known.</returns>
    public PartitionSnapshot? Snapshot(PartitionSnapshot? last)
    {
        if (_committed is not ({ } watermark, { } version)) return null;
        var parents = _parents.OrderByDescending(p => p.Value.LastUse)
            .ToDictionary(p => p.Key, p => new ParentSnapshot([.. p.Value.History.Rows], IsExact: true), StringComparer.Ordinal);
        var rows = parents.Values.Sum(p => p.Rows.Count);
        var carried = last?.LearningSince == watermark.LearningSince ? last : null;
        foreach (var (parent, older) in carried?.Parents.Where(p => !parents.ContainsKey(p.Key)).ToList() ?? [])
        {
            if ((rows += older.Rows.Count) > cachedRows) break;
            parents[parent] = older with { IsExact = false };
        }

        return new PartitionSnapshot
        {
            Partition = partition.Source,
            Version = version,
            Position = watermark.Position,
            Clock = watermark.HighestEnqueuedTime,
            LearningSince = watermark.LearningSince,
            Surprises = watermark.Surprises,
            Parents = parents,
            Occurrences = OccurrenceSnapshot.Of(RuleRows.RecentOccurrences, last),
        };
    }

    /// <summary>What is kept in memory; between batches it is what the store holds.</summary>
    public PartitionCache Cache()
    {
        var (occurrences, quotas) = RuleRows.Cache();
        return new(
            [.. _parents.OrderBy(p => p.Value.LastUse).Select(p => (p.Key, (IReadOnlyList<CountRow>)[.. p.Value.History.Rows]))],
            occurrences,
            quotas,
            [.. Processes.All],
            Signals.State);
    }

    /// <summary>Continues with the rows of another process that had them in memory at the watermark in the store.</summary>
    public async Task TakeOverAsync(PartitionCache cache, CancellationToken cancellationToken)
    {
        Forget();
        await WatermarkAsync(last: null, cancellationToken);
        foreach (var (parent, rows) in cache.Parents) _parents[parent] = (new ParentHistory(parent, rows, halfLife, limit), ++_use);
        RuleRows.TakeOver(cache);
        foreach (var process in cache.Processes) Processes.Add(process);
        Signals.TakeOver(cache.Signals);
        _rows = _parents.Values.Sum(p => Cost(p.History));
    }

    /// <summary>Drops all that is cached; the next use reads the store.</summary>
    public void Forget()
    {
        _parents.Clear();
        RuleRows.Forget();
        Signals.Forget();
        _rows = 0;
        _committed = null;
    }

    private void StartWarm(PartitionSnapshot last)
    {
        foreach (var (parent, rows) in last.Parents.Where(p => p.Value.IsExact).Reverse())
        {
            var history = new ParentHistory(parent, rows.Rows, halfLife, limit);
            if (_rows + Cost(history) >= cachedRows || !_parents.TryAdd(parent, (history, ++_use))) continue;
            _rows += Cost(history);
        }
    }

    /// <summary>
    /// Removes the least recently used parents from memory. Called only between chunks, because a changed row must not be read again before
    /// its commit.
    /// </summary>
    private void Trim()
    {
        RuleRows.Trim(cachedRows / 4);
        _rows = _parents.Values.Sum(p => Cost(p.History));
        if (_rows + RuleRows.Count < cachedRows) return;

        foreach (var (parent, (history, _)) in _parents.OrderBy(p => p.Value.LastUse).ToList())
        {
            if (_rows <= cachedRows / 2) return;
            _parents.Remove(parent);
            _rows -= Cost(history);
        }
    }

    private static long Cost(ParentHistory history) => Math.Max(1, history.RowCount);
}
