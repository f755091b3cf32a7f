using Changeling.Incidents;
using Changeling.Pipeline;
using Changeling.Rules;
using Changeling.Storing;

namespace Changeling.Backtest.Fleet;

/// <summary>
/// Runs the app's gathering of incidents by a history's clock, on the signals in memory, and returns each message once. Signals that were
/// read are dropped, so that memory does not grow with the history.
/// </summary>
internal sealed class IncidentTimer
{
    /// <summary>Rows of incidents in one commit: each may have a quarter of a megabyte.</summary>
    private const int RowsAtOnce = IncidentStep.MaxBytes / IncidentRow.MaxBytes;

    private const int MessagesAtOnce = 100;

    private readonly InMemoryBaselineStore _counts;
    private readonly InMemoryIncidentStore _store;
    private readonly IncidentGathering _gathering;
    private readonly string _baseline;

    public IncidentTimer(InMemoryBaselineStore counts, InMemoryClusterStore clusters, PipelineSettings settings)
    {
        (_counts, _baseline) = (counts, settings.BaselineName);
        _store = new(counts, clusters);
        _gathering = new(_store, _baseline, settings.DetectionFormat, settings.Alerts);
    }

    /// <summary>The progress; <see langword="null"/> before the first run.</summary>
    public async Task<IncidentTimerState?> StateAsync() =>
        await _store.ReadStateAsync(_baseline, CancellationToken.None) is { State: var state }
            ? new(state, await _store.ReadRowsAsync(_baseline, CancellationToken.None))
            : null;

    /// <summary>Continues from the progress of another timer.</summary>
    public async Task TakeOverAsync(IncidentTimerState state, CancellationToken cancellationToken)
    {
        string? version = null;
        foreach (var rows in state.Rows.Chunk(RowsAtOnce).DefaultIfEmpty([]))
            version = await _store.CommitAsync(_baseline, new(version, state.State, rows, []), cancellationToken);
    }

    /// <summary>Gathers what was stored since the last call, and returns what is due.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="now">The time that it is at least, after the end of the history; otherwise <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public async Task<IncidentNews> FireAsync(RuleSet rules, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        _store.Now = now;
        var outcome = await _gathering.RunAsync(rules, cancellationToken);
        var messages = new List<ReadOnlyMemory<byte>>();
        while (await _store.UnsentAsync(_baseline, MessagesAtOnce, cancellationToken) is { Count: > 0 } some)
        {
            messages.AddRange(some.Select(m => m.Body));
            await _store.MarkSentAsync(_baseline, some, cancellationToken);
        }

        if (await _store.ReadStateAsync(_baseline, cancellationToken) is not { State: var state })
            return new(outcome, default, [], messages);
        var read = state.Partitions.OrderBy(p => p.Key, StringComparer.Ordinal)
            .SelectMany(p => p.Value.Last is { } last ? _counts.DropSignals(p.Key, last) : [])
            .SelectMany(row => SignalJson.Read(row.Body));
        return new(outcome, state.Clock, [.. read], messages);
    }
}

/// <summary>The progress of the incidents.</summary>
internal sealed record IncidentTimerState(IncidentState State, IReadOnlyList<IncidentRow> Rows);

/// <summary>What one run gave.</summary>
/// <param name="Outcome">The incidents that changed.</param>
/// <param name="Clock">The clock of incidents, UTC.</param>
/// <param name="Read">The signals that were read.</param>
/// <param name="Messages">The messages as they are sent, in order.</param>
internal sealed record IncidentNews(
    IncidentOutcome Outcome, DateTimeOffset Clock, IReadOnlyList<Signal> Read, IReadOnlyList<ReadOnlyMemory<byte>> Messages);
