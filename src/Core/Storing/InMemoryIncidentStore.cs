using System.Globalization;
using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Storing;

/// <summary>The incidents' store in memory, beside counts and cluster rules in memory: for tests and backtests.</summary>
/// <param name="counts">The event partitions' counts and signals.</param>
/// <param name="clusters">The cluster rules' store, which also names the event partitions.</param>
public sealed class InMemoryIncidentStore(InMemoryBaselineStore counts, InMemoryClusterStore clusters) : IIncidentStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<(IncidentRowKind Kind, string Name), IncidentRow> _rows = [];
    private readonly SortedDictionary<long, IncidentMessage> _unsent = [];
    private IncidentState? _state;
    private int _version;

    private string Version => _version.ToString(CultureInfo.InvariantCulture);

    private static Watermark At(Watermark watermark, DateTimeOffset now) =>
        watermark.HighestEnqueuedTime >= now ? watermark : watermark with { HighestEnqueuedTime = now };

    /// <summary>
    /// The time that it is at least, UTC, in partitions that receive nothing more: for what is due after the end of a history.
    /// <see langword="null"/> to use their own clocks.
    /// </summary>
    public DateTimeOffset? Now { get; set; }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(string Partition, Watermark Watermark)>> PartitionsAsync(
        string baseline, CancellationToken cancellationToken)
    {
        var partitions = await clusters.PartitionsAsync(baseline, cancellationToken);
        return Now is not { } now ? partitions : [.. partitions.Select(p => (p.Partition, At(p.Watermark, now)))];
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredSignals>> SignalsAsync(
        string partition, Position? after, int most, CancellationToken cancellationToken) =>
        Task.FromResult(counts.Signals(partition, after, most));

    /// <inheritdoc/>
    public async Task<(ClockWindow? Evaluated, IReadOnlyList<ClusterDetection> Found)> ClustersAsync(
        string baseline, ClockWindow? after, CancellationToken cancellationToken)
    {
        var evaluated = (await clusters.ReadStateAsync(baseline, cancellationToken))?.State.Evaluated;
        return (evaluated, evaluated is { } last ? clusters.Found(after, last) : []);
    }

    /// <inheritdoc/>
    public Task<(IncidentState State, string Version)?> ReadStateAsync(string baseline, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult(_state is null ? ((IncidentState, string)?)null : (_state, Version));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<IncidentRow>> ReadRowsAsync(string baseline, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<IncidentRow>>([.. _rows.Values]);
    }

    /// <inheritdoc/>
    public Task<string?> CommitAsync(string baseline, IncidentStep change, CancellationToken cancellationToken)
    {
        if (IncidentRules.Refusal(change) is { } refusal) throw new StoreUnavailableException($"incidents of {baseline}: {refusal}");
        lock (_gate)
        {
            if (_state is null ? change.ExpectedVersion is not null : change.ExpectedVersion != Version)
                return Task.FromResult<string?>(null);
            foreach (var row in change.Rows)
            {
                if (row.Body.IsEmpty) _rows.Remove((row.Kind, row.Name));
                else _rows[(row.Kind, row.Name)] = row;
            }

            foreach (var message in change.Messages) _unsent[message.Number] = message;
            _state = change.Next;
            _version++;
            return Task.FromResult<string?>(Version);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<IncidentMessage>> UnsentAsync(string baseline, int most, CancellationToken cancellationToken)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<IncidentMessage>>([.. _unsent.Values.Take(most)]);
    }

    /// <inheritdoc/>
    public Task MarkSentAsync(string baseline, IReadOnlyList<IncidentMessage> messages, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var message in messages) _unsent.Remove(message.Number);
        }

        return Task.CompletedTask;
    }
}
