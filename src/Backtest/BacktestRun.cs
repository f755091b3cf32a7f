using System.Globalization;
using Changeling.Backtest.Checkpoints;
using Changeling.Backtest.Fleet;
using Changeling.Backtest.Gathering;
using Changeling.Backtest.Recordings;
using Changeling.Backtest.Reports;
using Changeling.Deciding;
using Changeling.Events;
using Changeling.Sources;

namespace Changeling.Backtest;

/// <summary>
/// Sends a history through the same pipeline as in the function app, with the history's own time as the hub's, and with counts in memory.
/// </summary>
/// <param name="options">The options.</param>
/// <param name="snapshot">Model, prior, rules and exceptions; an enabled rule declares a tunable part.</param>
/// <param name="truth">The ground truth, if it is known.</param>
/// <param name="output">Receives the detections, one per line; <see langword="null"/> to discard them.</param>
/// <exception cref="ArgumentException">No enabled rule declares a part as tunable.</exception>
public sealed class BacktestRun(BacktestOptions options, PipelineSnapshot snapshot, Truth? truth = null, FileStream? output = null)
{
    /// <summary>
    /// Interval at which the app's partitions exchange their counts (<c>Fleet:RefreshInterval</c>) and its cluster rules are evaluated.
    /// </summary>
    private static readonly TimeSpan Refresh = TimeSpan.FromMinutes(5);

    /// <summary>Interval at which the app gathers incidents.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMinutes(1);

    /// <summary>An incident that grows is sent at most this often.</summary>
    private static readonly TimeSpan BetweenUpdates = TimeSpan.FromMinutes(15);

    private const int MaxMessages = 4_000;
    private const int MaxBytes = 16 * 1024 * 1024;

    private readonly FleetCounts _counts = new(snapshot, new()
    {
        EmitAfter = options.EmitAfter,
        Alerts = options.Alerts,
    });

    private readonly SourceHealth _health = new();
    private readonly GatheredFindings _findings = new(truth, TunedRule.Of(snapshot.Rules), snapshot.Exceptions, options.Alerts);
    private readonly GatheredIncidents _incidents = new(truth, snapshot.Rules.Attack);
    private readonly SortedDictionary<int, List<TelemetryMessage>> _waiting = [];
    private (DateTimeOffset From, DateTimeOffset To)? _time;
    private DateTimeOffset _refreshAt = DateTimeOffset.MaxValue;
    private DateTimeOffset _gatherAt = DateTimeOffset.MaxValue;
    private HistoryState? _from;
    private long _kept;
    private int _messages;
    private long _bytes;

    /// <summary>The checkpoint file of the run; <see langword="null"/> for none.</summary>
    public CheckpointFile? Checkpoint { get; init; }

    /// <summary>How the messages stood in the files; known at the end, and not for files of Event Hubs Capture.</summary>
    public HistoryOrder? Order { get; private set; }

    /// <summary>The findings after the learning period so far, with their launches: alerts, or evidence of incidents.</summary>
    public IReadOnlyList<Alert> Findings => _findings.Alerts;

    /// <summary>
    /// Continues an earlier run. Called before <see cref="RunAsync"/>, with the file of detections cut to its length at the checkpoint.
    /// </summary>
    /// <exception cref="InvalidDataException">The checkpoint is damaged.</exception>
    public async Task TakeOverAsync(EarlierRun earlier, CancellationToken cancellationToken)
    {
        var state = earlier.State;
        await Checkpoint!.ReadCountsAsync(earlier, _counts, cancellationToken);
        _health.Add(state.Health);
        _findings.TakeOver(state.Findings);
        _incidents.TakeOver(state.Incidents);
        foreach (var m in state.Waiting)
            Wait(History.Partition(m.Partition), new TelemetryMessage(m.SequenceNumber, m.EnqueuedTime, m.Body));
        (_time, _refreshAt, _gatherAt) = ((state.From, state.To), state.RefreshAt, state.GatherAt);
        (_from, _kept) = (state.History, _findings.Launches);
    }

    /// <summary>Runs to the end of the history.</summary>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops between batches; a checkpoint is written first, if there is a file for it.</param>
    /// <exception cref="InvalidDataException">A file cannot be read; the message names it.</exception>
    public async Task<BacktestReport> RunAsync(IProgress<HistoryProgress> progress, CancellationToken cancellationToken)
    {
        var stopsInBatch = Checkpoint is null ? cancellationToken : CancellationToken.None;
        using var history = new History(options.Files, options.Partitions, _from, progress)
        {
            Days = options.Days,
            Read = body => _counts.Pipeline.ReadEarly(body, snapshot),
        };
        foreach (var (partition, message) in history.Messages(cancellationToken))
        {
            var now = message.EnqueuedTime;
            if (_time is null) (_refreshAt, _gatherAt) = (now + Refresh, NextGathering(now));
            var isFull = now >= _refreshAt || now >= _gatherAt || _messages >= MaxMessages || _bytes >= MaxBytes;
            if (isFull) await SendAsync(stopsInBatch);
            if (now >= _refreshAt)
            {
                await _counts.RefreshFleetAsync(stopsInBatch);
                await EvaluateClustersAsync(stopsInBatch);
                _refreshAt = now + Refresh;
            }

            if (now >= _gatherAt)
            {
                await GatherIncidentsAsync(null, stopsInBatch);
                _gatherAt = NextGathering(now);
            }

            Wait(partition, message);
            _time = (_time?.From ?? now, now);
            if (isFull && Checkpoint is not null) await KeepAsync(Checkpoint, history, cancellationToken);
        }

        await SendAsync(stopsInBatch);
        await EvaluateClustersAsync(stopsInBatch);
        await EndIncidentsAsync(stopsInBatch);
        Order = history.Order;
        return Report(history);
    }

    private void Wait(EventPartition partition, TelemetryMessage message)
    {
        var number = int.Parse(partition.Id, CultureInfo.InvariantCulture);
        if (!_waiting.TryGetValue(number, out var messages)) _waiting[number] = messages = [];
        messages.Add(message);
        _messages++;
        _bytes += message.Body.Length;
    }

    /// <summary>Sends the waiting messages of all partitions at once.</summary>
    private async Task SendAsync(CancellationToken cancellationToken)
    {
        var batches = _waiting.Where(p => p.Value.Count > 0).Select(p => new EventBatch(History.Partition(p.Key), [.. p.Value])).ToList();
        foreach (var messages in _waiting.Values) messages.Clear();
        (_messages, _bytes) = (0, 0);
        foreach (var outcome in await _counts.ProcessAsync(batches, cancellationToken))
        {
            _health.Add(outcome.Sources);
            _findings.Add(outcome);
            await WriteAsync(outcome.Detections, cancellationToken);
        }
    }

    private async Task EvaluateClustersAsync(CancellationToken cancellationToken)
    {
        var (sent, evaluated) = await _counts.EvaluateClustersAsync(cancellationToken);
        _findings.Add(sent.Select(c => c.Found), evaluated);
        await WriteAsync(sent.Select(c => c.Body), cancellationToken);
    }

    private DateTimeOffset NextGathering(DateTimeOffset now) => _counts.Incidents is null ? DateTimeOffset.MaxValue : now + Gather;

    /// <summary>Gathers the incidents after the clusters, as the app does.</summary>
    /// <returns>Number of signals that were read.</returns>
    private async Task<int> GatherIncidentsAsync(DateTimeOffset? now, CancellationToken cancellationToken)
    {
        if (_counts.Incidents is not { } timer || _time is not { } time) return 0;
        var news = await timer.FireAsync(_counts.Snapshot.Rules, now, cancellationToken);
        _incidents.Add(news.Outcome, news.Read, news.Clock, now ?? time.To);
        await WriteAsync(news.Messages, cancellationToken);
        return news.Read.Count;
    }

    /// <summary>
    /// After the history all partitions have its last time, and then the time goes on until every incident that grew was sent once more.
    /// </summary>
    private async Task EndIncidentsAsync(CancellationToken cancellationToken)
    {
        if (_time is not { To: var end }) return;
        while (await GatherIncidentsAsync(end, cancellationToken) > 0)
        {
            // One run reads a limited number of signals.
        }

        await GatherIncidentsAsync(end + BetweenUpdates, cancellationToken);
    }

    private async Task WriteAsync(IEnumerable<ReadOnlyMemory<byte>> detections, CancellationToken cancellationToken)
    {
        if (output is null) return;
        foreach (var detection in detections)
        {
            await output.WriteAsync(detection, cancellationToken);
            output.WriteByte((byte)'\n');
        }
    }

    /// <summary>
    /// Writes a checkpoint if one is due or the run is cancelled. Called only between batches, so that it does not change the result.
    /// </summary>
    private async Task KeepAsync(CheckpointFile checkpoint, History history, CancellationToken cancellationToken)
    {
        // Asked once: a run that is cancelled a moment later goes on to the next checkpoint, and does not end without one.
        var isStopped = cancellationToken.IsCancellationRequested;
        var isDue = _findings.Launches - _kept >= checkpoint.Every || isStopped;
        if (isDue && _time is { } time)
        {
            output?.Flush(flushToDisk: true);
            var waiting = _waiting.SelectMany(
                p => p.Value,
                (p, m) => new WaitingMessage(History.Partition(p.Key).Id, m.SequenceNumber, m.EnqueuedTime, m.Body.ToArray()));
            await checkpoint.WriteAsync(
                new RunState(
                    history.State, time.From, time.To, _refreshAt, _gatherAt, [.. waiting], _health.ToReport(), _findings.State,
                    _incidents.State, output?.Position ?? 0),
                _counts);
            _kept = _findings.Launches;
        }

        if (isStopped) throw new OperationCanceledException(cancellationToken);
    }

    private BacktestReport Report(History history)
    {
        var learnt = _time?.From + options.EmitAfter;
        var days = _time is { } time && learnt < time.To ? (time.To - learnt.Value).TotalDays : 0;
        var incidents = _counts.Incidents is null ? null : _incidents;
        var report = new ReportBuilder(_findings, incidents, truth, snapshot, options, days);
        var others = history.Others;
        _health.Add(others.Health);
        return report.Make(SourceReport.Of(_health.ToReport(), history.LateEvents), snapshot.Prior.Version, new HistoryReport(
            history.Bytes + others.Bytes,
            history.Count + others.Messages,
            _findings.Records + others.Records,
            _findings.Launches,
            _findings.Hosts,
            _time?.From,
            _time?.To,
            learnt,
            Math.Round(days, 4),
            options.EmitAfter.TotalHours,
            history.IsCaptured ? history.Partitions : options.Partitions));
    }
}
