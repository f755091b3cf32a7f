using Changeling.Counts;
using Changeling.Storing;

namespace Changeling.Partitions;

/// <summary>
/// The rows of an event partition that only rules need, as far as they are in memory: recently used occurrences, quotas and counts of
/// exceptions, and the sums of the current window. Read only for events classified as malicious, or when a rule fires. Used by one batch at
/// a time.
/// </summary>
public sealed class RuleRows(IBaselineStore store, BaselinePartition partition, HalfLife halfLife)
{
    /// <summary>
    /// Maximum number of entities of one kind and window that have a sum, so that memory stays bounded. Entities beyond the first ones are
    /// not summed.
    /// </summary>
    public const int MaxSums = 2_048;

    private readonly Dictionary<(OccurrenceKind Kind, string Child), (Occurrences Occurrences, long LastUse)> _occurrences = [];
    private readonly Dictionary<QuotaKey, (Quota Quota, long LastUse)> _quotas = [];
    private readonly Dictionary<string, (ExceptionCount Count, long LastUse)> _exceptions = new(StringComparer.Ordinal);
    private readonly Dictionary<SumKey, MaliciousSum> _sums = [];
    private readonly Dictionary<ClusterKind, int> _sumsOfKind = [];
    private ClockWindow? _window;
    private long _use;

    /// <summary>Number of rows in memory, without the sums, which have a maximum of their own.</summary>
    public long Count { get; private set; }

    /// <summary>The occurrences in memory, the most recently used first.</summary>
    public IEnumerable<Occurrences> RecentOccurrences => _occurrences.Values.OrderByDescending(s => s.LastUse).Select(s => s.Occurrences);

    /// <summary>Reads where children were classified as malicious, as far as that is not in memory.</summary>
    public async Task LoadOccurrencesAsync(IEnumerable<(OccurrenceKind Kind, string Child)> keys, CancellationToken cancellationToken)
    {
        var missing = keys.Where(key => !_occurrences.ContainsKey(key)).Distinct().ToList();
        var read = await missing.ReadTogetherAsync(key => store.ReadOccurrencesAsync(partition, key.Kind, key.Child, cancellationToken));
        foreach (var (key, rows) in read)
        {
            var seen = new Occurrences(key.Kind, key.Child, rows, halfLife);
            _occurrences[key] = (seen, ++_use);
            Count += Cost(seen);
        }
    }

    /// <summary>Where a child was classified as malicious, on a day of the partition clock. It must have been loaded.</summary>
    public Occurrences Occurrences(OccurrenceKind kind, string child, int day)
    {
        var (seen, _) = _occurrences[(kind, child)];
        _occurrences[(kind, child)] = (seen, ++_use);
        seen.AdvanceTo(day);
        return seen;
    }

    /// <summary>Reads the quotas that are not in memory.</summary>
    /// <returns>The quotas.</returns>
    public async Task<IReadOnlyDictionary<QuotaKey, Quota>> QuotasAsync(IEnumerable<QuotaKey> keys, CancellationToken cancellationToken)
    {
        var all = keys.Distinct().ToList();
        var read = await all.Where(key => !_quotas.ContainsKey(key))
            .ToList()
            .ReadTogetherAsync(key => store.ReadQuotaAsync(partition, key, cancellationToken));
        foreach (var (key, quota) in read) _quotas[key] = (quota ?? Quota.None, ++_use);
        Count += read.Count;
        return all.ToDictionary(key => key, key => _quotas[key].Quota);
    }

    /// <summary>Reads the counts of exceptions that are not in memory.</summary>
    /// <returns>The counts, by id.</returns>
    public async Task<Dictionary<string, ExceptionCount>> ExceptionsAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var all = ids.Distinct(StringComparer.Ordinal).ToList();
        var read = await all.Where(id => !_exceptions.ContainsKey(id))
            .ToList()
            .ReadTogetherAsync(id => store.ReadExceptionAsync(partition, id, cancellationToken));
        foreach (var (id, count) in read) _exceptions[id] = (count ?? ExceptionCount.None(id), ++_use);
        Count += read.Count;
        return all.ToDictionary(id => id, id => _exceptions[id].Count, StringComparer.Ordinal);
    }

    /// <summary>
    /// Reads the sums of the watermark's window unless they are in memory. Later windows cannot have stored sums yet.
    /// </summary>
    /// <param name="windows">The windows that will be entered.</param>
    /// <param name="watermark">The committed watermark, if any.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task LoadSumsAsync(IEnumerable<ClockWindow> windows, Watermark? watermark, CancellationToken cancellationToken)
    {
        if (watermark is null
            || ClockWindow.At(watermark.HighestEnqueuedTime) is var stored && (_window >= stored || !windows.Contains(stored)))
            return;
        var sums = await store.ReadSumsAsync(partition, stored, cancellationToken);
        Enter(stored);
        foreach (var sum in sums) Keep(sum);
    }

    /// <summary>Makes a window the current one.</summary>
    /// <param name="window">The window; not before the previous one.</param>
    public void Enter(ClockWindow window)
    {
        if (_window == window) return;
        ForgetSums();
        _window = window;
    }

    /// <summary>The sum of an entity in the current window; <see langword="null"/> when the maximum number of sums is reached.</summary>
    public MaliciousSum? SumOf(ClusterKind kind, string entity)
    {
        var key = new SumKey(_window ?? throw new InvalidOperationException("no window was entered"), kind, entity);
        if (_sums.TryGetValue(key, out var sum)) return sum;
        return _sumsOfKind.GetValueOrDefault(kind) < MaxSums ? MaliciousSum.None(key) : null;
    }

    /// <summary>Sets a sum. From now on, memory is ahead of the store.</summary>
    public void Set(MaliciousSum sum)
    {
        if (sum.Key.Window == _window) Keep(sum);
    }

    /// <summary>Sets a quota. From now on, memory is ahead of the store.</summary>
    public void Set(QuotaKey key, Quota quota) => _quotas[key] = (quota, ++_use);

    /// <summary>Sets the count of an exception. From now on, memory is ahead of the store.</summary>
    public void Set(ExceptionCount count) => _exceptions[count.Id] = (count, ++_use);

    /// <summary>Removes the least recently used rows from memory. Called only between chunks.</summary>
    /// <param name="most">Rows to keep.</param>
    public void Trim(long most)
    {
        Count = _quotas.Count + _exceptions.Count + _occurrences.Values.Sum(s => Cost(s.Occurrences));
        if (Count <= most) return;
        foreach (var (key, (seen, _)) in _occurrences.OrderBy(s => s.Value.LastUse).ToList())
        {
            if (Count <= most / 2) break;
            _occurrences.Remove(key);
            Count -= Cost(seen);
        }

        foreach (var key in _quotas.OrderBy(q => q.Value.LastUse).Select(q => q.Key).ToList())
        {
            if (Count <= most / 2) break;
            _quotas.Remove(key);
            Count--;
        }

        foreach (var id in _exceptions.OrderBy(e => e.Value.LastUse).Select(e => e.Key).ToList())
        {
            if (Count <= most / 2) break;
            _exceptions.Remove(id);
            Count--;
        }
    }

    /// <summary>The occurrences and quotas in memory, the most recently used last.</summary>
    internal (
        IReadOnlyList<(OccurrenceKind Kind, string Child, IReadOnlyList<CountRow> Rows)> Occurrences,
        IReadOnlyList<(QuotaKey Key, Quota Quota)> Quotas) Cache() => (
        [.. _occurrences.OrderBy(s => s.Value.LastUse)
            .Select(s => (s.Key.Kind, s.Key.Child, (IReadOnlyList<CountRow>)[.. s.Value.Occurrences.Rows]))],
        [.. _quotas.OrderBy(q => q.Value.LastUse).Select(q => (q.Key, q.Value.Quota))]);

    /// <summary>Takes over the rows that another process kept in memory. The sums of the window are read again.</summary>
    internal void TakeOver(PartitionCache cache)
    {
        foreach (var (kind, child, rows) in cache.Occurrences)
            _occurrences[(kind, child)] = (new Occurrences(kind, child, rows, halfLife), ++_use);
        foreach (var (key, quota) in cache.Quotas) _quotas[key] = (quota, ++_use);
        Count = _quotas.Count + _occurrences.Values.Sum(s => Cost(s.Occurrences));
    }

    /// <summary>Removes all rows from memory.</summary>
    public void Forget()
    {
        _occurrences.Clear();
        _quotas.Clear();
        _exceptions.Clear();
        ForgetSums();
        (_window, Count) = (null, 0);
    }

    private void Keep(MaliciousSum sum)
    {
        if (!_sums.ContainsKey(sum.Key)) _sumsOfKind[sum.Key.Kind] = _sumsOfKind.GetValueOrDefault(sum.Key.Kind) + 1;
        _sums[sum.Key] = sum;
    }

    private void ForgetSums()
    {
        _sums.Clear();
        _sumsOfKind.Clear();
    }

    private static long Cost(Occurrences seen) => Math.Max(1, seen.RowCount);
}
