using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Changeling.Benchmarking.Measuring;
using Changeling.Benchmarking.Samples;
using Changeling.Events;
using Changeling.HostStandIn;
using Changeling.HubStandIn;

namespace Changeling.Benchmarking.Apps;

/// <summary>The real worker under the stand-in of its host, with a storage account of its own on the emulator.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private const string Group = "bench";
    private const string Detections = "detections";

    /// <summary>A minute of 1,000 events a second.</summary>
    private const int EventsOfFirstMinute = 60_000;

    private readonly HubServer _hubs;
    private readonly FunctionsHost _host;
    private readonly Process _process;
    private readonly string _connectionString;
    private readonly RequestLog _requests;
    private readonly BatchTimes _times;
    private readonly int _partitions;
    private readonly long[] _sent;
    private long _events;
    private TimeSpan _used;

    private RunningApp(
        HubServer hubs, FunctionsHost host, string connectionString, RequestLog requests, BatchTimes times, int partitions)
    {
        (_hubs, _host, _connectionString, _requests, _times, _partitions) = (hubs, host, connectionString, requests, times, partitions);
        _process = Process.GetProcessById(host.ProcessId ?? throw new HostFailedException("The worker is not running."));
        _sent = new long[partitions];
    }

    /// <summary>Processor time of the worker's process from its start to the answer for the first event.</summary>
    public TimeSpan ProcessTimeToFirst { get; private set; }

    /// <summary>Elapsed time from the start of the worker to the answer for the first event.</summary>
    public TimeSpan TimeToFirst { get; private set; }

    /// <summary>Processor time for an event in the first pass after the start, in microseconds.</summary>
    public double FirstPass { get; private set; }

    /// <summary>
    /// The same in the passes that bring the first <see cref="EventsOfFirstMinute"/> events; <see langword="null"/> if there were fewer.
    /// </summary>
    public double? FirstMinute { get; private set; }

    /// <summary>Largest memory of the worker's process so far, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts a worker, and has it score one event.</summary>
    /// <exception cref="HostFailedException">It does not start, or fails on the event.</exception>
    public static async Task<RunningApp> StartAsync(
        string folder, string connectionString, RequestLog requests, int partitions, SampleEvents first,
        CancellationToken cancellationToken)
    {
        var hubs = await HubServer.StartAsync(
            new HubServerOptions
            {
                Hubs = [new(SampleEvents.Hub, 1) { ConsumerGroups = [Group] }, new HubDefinition(Detections, 4)],
            },
            cancellationToken);
        try
        {
            var times = new BatchTimes();
            var from = Stopwatch.GetTimestamp();
            var host = await FunctionsHost.StartAsync(OptionsOf(folder, connectionString, hubs, times), cancellationToken);
            var app = new RunningApp(hubs, host, connectionString, requests, times, partitions);
            try
            {
                await app.ScoreFirstAsync(first, cancellationToken);
                app.TimeToFirst = Stopwatch.GetElapsedTime(from);
                app.ProcessTimeToFirst = app.ProcessTime;
                times.Clear();
                return app;
            }
            catch
            {
                await host.DisposeAsync();
                throw;
            }
        }
        catch
        {
            await hubs.DisposeAsync();
            throw;
        }
    }

    /// <summary>Hands over a part of the sample, which follows those before it, and waits for all answers.</summary>
    public async Task<Repetition> PassAsync(SampleEvents part, bool isFirst, CancellationToken cancellationToken)
    {
        var feeds = part.Batches(_partitions)
            .GroupBy(batch => batch.Partition)
            .Select(p => Feed(p.Key, [.. p.SelectMany(batch => batch.Messages)]))
            .ToList();
        var (processor, requests) = (ProcessTime, await _requests.OfAsync(_connectionString, cancellationToken));
        var from = Stopwatch.GetTimestamp();
        var report = await _host.RunAsync(feeds, null, cancellationToken);
        var time = Stopwatch.GetElapsedTime(from);
        var usedByPass = ProcessTime - processor;
        var used = usedByPass.TotalMicroseconds / part.Count;
        if (report.FailedAttempts > 0) throw new HostFailedException($"{report.FailedAttempts} batches of the benchmark failed.");
        if (isFirst)
        {
            FirstPass = used;
            _times.Clear();
        }

        if (FirstMinute is null)
        {
            (_events, _used) = (_events + part.Count, _used + usedByPass);
            if (_events + (part.Count / 2) >= EventsOfFirstMinute) FirstMinute = _used.TotalMicroseconds / _events;
        }

        var asked = await _requests.OfAsync(_connectionString, cancellationToken) - requests;
        var thousands = part.Count / 1000.0;
        return new(part.Count, time, null)
        {
            More = new Dictionary<string, double>
            {
                ["cpu_microseconds_per_event"] = used,
                ["transactions_per_1000_events"] = asked.Transactions / thousands,
                ["requests_per_1000_events"] = asked.Table / thousands,
                ["other_requests_per_1000_events"] = asked.Other / thousands,
            },
        };
    }

    /// <summary>The time of a batch that this share of all batches since the first pass did not exceed.</summary>
    /// <param name="share">0 to 1.</param>
    public TimeSpan BatchTime(double share) => _times.Quantile(share);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _hubs.DisposeAsync();
        _process.Dispose();
    }

    private TimeSpan ProcessTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    private async Task ScoreFirstAsync(SampleEvents first, CancellationToken cancellationToken)
    {
        var message = first.Messages.MinBy(m => m.Events.Count)!;
        var batch = new EventBatch(new(SampleEvents.Hub, "first"), [new(0, message.EnqueuedTime, message.Body)]);
        var result = await _host.InvokeAsync(batch, cancellationToken);
        if (!result.Succeeded) throw new HostFailedException($"The app did not score the first event: {result.Failure}");
    }

    /// <summary>The messages with the sequence numbers that follow those before.</summary>
    private PartitionFeed Feed(EventPartition partition, IReadOnlyList<TelemetryMessage> messages)
    {
        var from = _sent[int.Parse(partition.Id, CultureInfo.InvariantCulture)];
        _sent[int.Parse(partition.Id, CultureInfo.InvariantCulture)] += messages.Count;
        return new(partition, messages.Select(m => m with { SequenceNumber = m.SequenceNumber + from }).ToAsyncEnumerable());
    }

    private static HostOptions OptionsOf(string folder, string connectionString, HubServer hubs, BatchTimes times) => new()
    {
        AppFolder = folder,
        Sending = invocation =>
        {
            times.Begin(invocation.Id);
            return ValueTask.CompletedTask;
        },
        Arrives = invocation =>
        {
            times.End(invocation.Id);
            return true;
        },
        Settings = new Dictionary<string, string>
        {
            ["AzureWebJobsStorage"] = connectionString,
            ["Storage:ConnectionString"] = connectionString,
            ["EventHubConnection"] = hubs.ConnectionString,
            ["TelemetryHub"] = SampleEvents.Hub,
            ["TelemetryConsumerGroup"] = Group,
            ["DetectionsHub"] = Detections,
        },
    };

    /// <summary>From sending a batch to its answer.</summary>
    private sealed class BatchTimes
    {
        private readonly ConcurrentDictionary<Guid, long> _begun = new();
        private readonly ConcurrentBag<TimeSpan> _times = [];

        public void Begin(Guid id) => _begun[id] = Stopwatch.GetTimestamp();

        public void End(Guid id)
        {
            if (_begun.TryRemove(id, out var from)) _times.Add(Stopwatch.GetElapsedTime(from));
        }

        public void Clear() => _times.Clear();

        public TimeSpan Quantile(double share)
        {
            var sorted = _times.Order().ToList();
            return sorted.Count == 0 ? TimeSpan.Zero : sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
        }
    }
}
