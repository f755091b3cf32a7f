using Changeling.Baseline;
using Changeling.Events;
using Changeling.Exceptions;
using Changeling.Features;
using Changeling.Fleet;
using Changeling.Rules;
using Changeling.Sources;

namespace Changeling.Cli.Backtest;

/// <summary>Sends a history through the very pipeline of the function app, in the hub's time, with counts in memory.</summary>
internal sealed class BacktestRun(BacktestOptions options, IModel model, Prior prior, Truth? truth, Stream? output, ExceptionList? exceptions = null)
{
    /// <summary>How often the app's partitions tell each other what they counted (<c>Fleet:RefreshInterval</c>).</summary>
    private static readonly TimeSpan FleetRefresh = TimeSpan.FromMinutes(5);

    private const int MostMessages = 4_000;
    private const int MostBytes = 16 * 1024 * 1024;

    private readonly PipelineSettings _settings = new() { EmitAfter = options.EmitAfter, KeepsJudged = true };
    private readonly SourceHealth _health = new();
    private readonly Findings _findings = new(truth);
    private readonly SortedDictionary<int, List<TelemetryMessage>> _waiting = [];
    private PipelineSnapshot _snapshot = new(model, prior, RuleSet.Shipped) { Exceptions = exceptions ?? ExceptionList.Empty };
    private (DateTimeOffset From, DateTimeOffset To)? _time;
    private int _messages;
    private long _bytes;

    /// <summary>The alerts so far, with their launches.</summary>
    public IReadOnlyList<Alert> Alerts => _findings.Alerts;

    /// <summary>Runs to the end of the history.</summary>
    /// <param name="onBytes">Told how many bytes of the files were read.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="CliException">A file cannot be read.</exception>
    public async Task<BacktestReport> RunAsync(Action<long> onBytes, CancellationToken cancellationToken)
    {
        var counts = new InMemoryBaselineStore();
        var pipeline = new BatchPipeline(new WithoutOutbox(counts), new CountedDeadLetters(), _settings);
        var timer = new ClusterTimer(counts, _settings.BaselineName, () => pipeline.Partitions.Select(p => new BaselinePartition(_settings.BaselineName, p)), options.EmitAfter);
        var history = new History(options.Files, options.Partitions, onBytes);
        var refreshAt = DateTimeOffset.MaxValue;
        foreach (var (partition, message) in history.Messages())
        {
            var now = message.EnqueuedTime;
            if (_time is null) refreshAt = now + FleetRefresh;
            if (now >= refreshAt || _messages >= MostMessages || _bytes >= MostBytes) await SendAsync(pipeline, cancellationToken);
            if (now >= refreshAt)
            {
                await RefreshFleetAsync(pipeline, cancellationToken);
                await JudgeClustersAsync(timer, cancellationToken);
                refreshAt = now + FleetRefresh;
            }

            Wait(partition, message);
            _time = (_time?.From ?? now, now);
        }

        await SendAsync(pipeline, cancellationToken);
        await JudgeClustersAsync(timer, cancellationToken);
        return Report(history);
    }

    private void Wait(EventPartition partition, TelemetryMessage message)
    {
        var number = int.Parse(partition.Id, System.Globalization.CultureInfo.InvariantCulture);
        if (!_waiting.TryGetValue(number, out var messages)) _waiting[number] = messages = [];
        messages.Add(message);
        _messages++;
        _bytes += message.Body.Length;
    }

    /// <summary>Hands over what waits, all partitions at once: none sees what another counts before the fleet view is refreshed.</summary>
    private async Task SendAsync(BatchPipeline pipeline, CancellationToken cancellationToken)
    {
        var batches = _waiting.Where(p => p.Value.Count > 0).Select(p => new EventBatch(History.Partition(p.Key), [.. p.Value])).ToList();
        foreach (var messages in _waiting.Values) messages.Clear();
        (_messages, _bytes) = (0, 0);

        var outcomes = await Task.WhenAll(batches.Select(batch => Task.Run(() => pipeline.ProcessAsync(batch, _snapshot, cancellationToken), cancellationToken)));
        foreach (var outcome in outcomes)
        {
            _health.Add(outcome.Sources);
            _findings.Add(outcome);
            await WriteAsync(outcome.Detections, cancellationToken);
        }
    }

    private async Task JudgeClustersAsync(ClusterTimer timer, CancellationToken cancellationToken)
    {
        var (detections, judged) = await timer.FireAsync(_snapshot.Rules, cancellationToken);
        _findings.Add(detections, rule => _snapshot.Rules.OnClusters.First(r => r.Id == rule).Cluster!.By, judged);
        await WriteAsync(detections.Select(d => d.Body), cancellationToken);
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

    private async Task RefreshFleetAsync(BatchPipeline pipeline, CancellationToken cancellationToken)
    {
        var snapshots = new List<PartitionSnapshot>();
        foreach (var partition in pipeline.Partitions.OrderBy(p => p.Id, StringComparer.Ordinal))
        {
            if (await pipeline.SnapshotAsync(partition, _snapshot.Fleet.SnapshotOf(partition), cancellationToken) is { } taken) snapshots.Add(taken);
        }

        _snapshot = _snapshot with { Fleet = FleetView.Of(snapshots, new HalfLife(_settings.HalfLifeDays)) };
    }

    private BacktestReport Report(History history)
    {
        var learnt = _time?.From + options.EmitAfter;
        var days = _time is { } time && learnt < time.To ? (time.To - learnt.Value).TotalDays : 0;
        var reporting = new Reporting(_findings, truth, model.Identity, RuleSet.Shipped, days);
        return reporting.Make(SourceReport.Of(_health.ToReport(), history.LateEvents), prior.Version, options.Budget, new HistoryReport(
            options.Files.Count,
            history.Bytes,
            history.Count,
            _findings.Records,
            _findings.Launches,
            _findings.Hosts,
            _time?.From,
            _time?.To,
            learnt,
            Math.Round(days, 4),
            options.EmitAfter.TotalHours,
            options.Partitions));
    }
}
