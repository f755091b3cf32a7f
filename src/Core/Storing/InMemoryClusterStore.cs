using System.Globalization;
using Changeling.Counts;

namespace Changeling.Storing;

/// <summary>The cluster rules' store in memory, beside counts in memory: for tests and backtests.</summary>
/// <param name="counts">The event partitions' counts.</param>
/// <param name="partitions">The event partitions there are.</param>
public sealed class InMemoryClusterStore(IBaselineStore counts, Func<IEnumerable<BaselinePartition>> partitions) : IClusterStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, EntityHistory> _histories = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ClusterDetection> _unemitted = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ClusterDetection> _emitted = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ClusterDetection> _suppressed = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ExceptionCount> _exceptions = new(StringComparer.Ordinal);
    private ClusterState? _state;
    private int _version;

    /// <summary>All entities' histories, in order of name.</summary>
    public IReadOnlyList<EntityHistory> Histories
    {
        get
        {
            lock (_gate) return [.. _histories.Values.OrderBy(h => h.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>The detections that exceptions suppressed, oldest first.</summary>
    public IReadOnlyList<ClusterDetection> Suppressed
    {
        get
        {
            lock (_gate) return [.. _suppressed.Values];
        }
    }

    /// <summary>The counts of exceptions for clusters, in order of id.</summary>
    public IReadOnlyList<ExceptionCount> Exceptions
    {
        get
        {
            lock (_gate) return [.. _exceptions.Values];
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(string Partition, Watermark Watermark)>> PartitionsAsync(
        string baseline, CancellationToken cancellationToken)
    {
        var found = new List<(string, Watermark)>();
        foreach (var partition in partitions())
        {
            if (await counts.ReadWatermarkAsync(partition, cancellationToken) is { } read)
                found.Add((partition.ToString(), read.Watermark));
        }

        return found;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MaliciousSum>> SumsAsync(
        string partition, ClockWindow first, ClockWindow last, CancellationToken cancellationToken)
    {
        var sums = new List<MaliciousSum>();
        var named = partitions().First(p => p.ToString() == partition);
        for (var number = first.Number;
             number <= last.Number;
             number++) sums.AddRange(await counts.ReadSumsAsync(named, new ClockWindow(number), cancellationToken));
        return sums;
    }

    /// <inheritdoc/>
    public Task<(ClusterState State, string Version)?> ReadStateAsync(string baseline, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_state is null ? ((ClusterState, string)?)null : (_state, Version));
    }

    /// <inheritdoc/>
    public Task<EntityHistory?> ReadHistoryAsync(string baseline, ClusterKind kind, string entity, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_histories.GetValueOrDefault(EntityHistory.NameOf(kind, entity)));
    }

    /// <inheritdoc/>
    public Task<ExceptionCount?> ReadExceptionAsync(string baseline, string id, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_exceptions.GetValueOrDefault(id));
    }

    /// <inheritdoc/>
    public Task<string?> CommitAsync(string baseline, ClusterStep change, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_state is null ? change.ExpectedVersion is not null : change.ExpectedVersion != Version)
                return Task.FromResult<string?>(null);
            foreach (var history in change.Histories) _histories[history.Name] = history;
            foreach (var detection in change.Detections) (detection.IsSuppressed ? _suppressed : _unemitted)[KeyOf(detection)] = detection;
            foreach (var count in change.Exceptions) _exceptions[count.Id] = count;
            _state = change.Next;
            _version++;
            return Task.FromResult<string?>(Version);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ClusterDetection>> UnemittedAsync(string baseline, int most, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<ClusterDetection>>([.. _unemitted.Values.Take(most)]);
    }

    /// <inheritdoc/>
    public Task MarkEmittedAsync(string baseline, IReadOnlyList<ClusterDetection> detections, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var detection in detections)
            {
                if (_unemitted.Remove(KeyOf(detection))) _emitted[KeyOf(detection)] = detection;
            }

            // A long history has many detections, and nobody reads them after so many windows.
            var old = (_state?.Window.Number ?? 0) - ClockWindow.Kept;
            foreach (var (key, _) in _emitted.TakeWhile(d => d.Value.Window.Number < old).ToList()) _emitted.Remove(key);
        }

        return Task.CompletedTask;
    }

    /// <summary>The detections of some windows that are not suppressed, emitted or not, in order of window.</summary>
    /// <param name="after">The window before the first; <see langword="null"/> to begin.</param>
    /// <param name="last">The last window.</param>
    public IReadOnlyList<ClusterDetection> Found(ClockWindow? after, ClockWindow last)
    {
        lock (_gate)
        {
            return
            [
                .. _emitted.Concat(_unemitted)
                    .Where(d => d.Value.Window <= last && (after is null || d.Value.Window > after))
                    .OrderBy(d => d.Key, StringComparer.Ordinal)
                    .Select(d => d.Value),
            ];
        }
    }

    private string Version => _version.ToString(CultureInfo.InvariantCulture);

    private static string KeyOf(ClusterDetection detection) =>
        string.Create(CultureInfo.InvariantCulture, $"{detection.Window.Number:d10}|{detection.RuleId}|{detection.Entity}");
}
