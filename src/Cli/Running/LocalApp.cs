using System.Globalization;
using Changeling.Events;
using Changeling.HostStandIn;
using Changeling.Hubs;
using Changeling.HubStandIn;

namespace Changeling.Cli.Running;

/// <summary>
/// The function app on this machine, between two local hubs. Telemetry and detections travel through the official Event Hubs client. The
/// stand-in for the Functions host starts the worker and sends it the batches.
/// </summary>
internal sealed class LocalApp : IAsyncDisposable
{
    public const string TelemetryHub = "telemetry";
    public const string DetectionsHub = "detections";

    private static readonly string[] DetectionTimers = ["EvaluateClusters", "GatherIncidents"];

    /// <summary>Partitions of the detections hub.</summary>
    private const int DetectionPartitions = 4;

    /// <summary>Interval for claiming partitions, short so that all are claimed soon after the start.</summary>
    private static readonly TimeSpan LoadBalancing = TimeSpan.FromMilliseconds(500);

    private readonly HubServer _hubs;
    private readonly FunctionsHost _host;
    private readonly HubListener _listener;
    private readonly TelemetrySender _sender;

    private LocalApp(HubServer hubs, FunctionsHost host, HubListener listener)
    {
        (_hubs, _host, _listener) = (hubs, host, listener);
        _sender = new TelemetrySender(HubEndpoint.OfConnectionString(hubs.ConnectionString), TelemetryHub);
    }

    /// <summary>From the worker's start until its functions were loaded.</summary>
    public TimeSpan StartTime => _host.LastStart;

    /// <summary>The telemetry hub's partitions.</summary>
    public IEnumerable<EventPartition> Partitions => _hubs.Hub(TelemetryHub).Partitions.Select(p => Partition(p.Id));

    /// <summary>The telemetry hub's partitions with the messages that were sent, as the app received them.</summary>
    public IReadOnlyDictionary<EventPartition, IReadOnlyList<TelemetryMessage>> Telemetry =>
        _hubs.Hub(TelemetryHub).Partitions.ToDictionary(
        partition => Partition(partition.Id),
        partition => (IReadOnlyList<TelemetryMessage>)
        [
            .. partition.Messages.Select(m => new TelemetryMessage(m.SequenceNumber, m.EnqueuedTime, m.Body)),
        ]);

    /// <summary>Starts hubs, host and worker.</summary>
    /// <param name="options">The options.</param>
    /// <param name="processed">Receives the number of messages of each completed batch; from any thread.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="HostFailedException">The app does not start.</exception>
    public static async Task<LocalApp> StartAsync(LocalAppOptions options, Action<int> processed, CancellationToken cancellationToken)
    {
        // The hub is new in every run, but the storage account may be older, with checkpoints of another hub's messages.
        var group = "run-" + TimeProvider.System.GetUtcNow().ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
        var telemetry = new HubDefinition(TelemetryHub, options.Partitions) { ConsumerGroups = [group] };
        var hubs = await HubServer.StartAsync(
            new HubServerOptions { Hubs = [telemetry, new HubDefinition(DetectionsHub, DetectionPartitions)] }, cancellationToken);
        FunctionsHost? host = null;
        try
        {
            host = await FunctionsHost.StartAsync(HostOptionsOf(options, hubs, group), cancellationToken);
            var listener = await host.ListenAsync(
                new ListenOptions { Progress = new BatchProgress(processed), LoadBalancingInterval = LoadBalancing }, cancellationToken);
            return new LocalApp(hubs, host, listener);
        }
        catch
        {
            if (host is not null) await host.DisposeAsync();
            await hubs.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends telemetry and waits until the app has answered all of it.</summary>
    /// <exception cref="HostFailedException">The host gave up on the app.</exception>
    public async Task ProcessAsync(IEnumerable<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        // Send by partition, so that events of different hosts have the order of the telemetry in every run.
        var hub = _hubs.Hub(TelemetryHub).Definition;
        var placed =
            messages.Select(m => m with { PartitionId = hub.PartitionOf(PartitionKey.Of(m.Host!)).ToString(CultureInfo.InvariantCulture) });
        await _sender.SendAsync(placed, null, cancellationToken);
        var upTo = _hubs.Hub(TelemetryHub).Partitions.Where(p => p.Messages.Count > 0)
            .ToDictionary(p => p.Id.ToString(CultureInfo.InvariantCulture), p => p.Messages[^1].SequenceNumber, StringComparer.Ordinal);
        await _listener.WaitForAsync(upTo, cancellationToken);
    }

    /// <summary>
    /// Calls the timer functions that make detections, because the telemetry's time passes faster than that of their schedule: the cluster
    /// rules before incidents, which take their findings.
    /// </summary>
    /// <exception cref="HostFailedException">The host gave up on the app, or a call failed.</exception>
    public async Task FireTimersAsync(CancellationToken cancellationToken)
    {
        foreach (var timer in DetectionTimers)
        {
            var result = await _host.InvokeTimerAsync(timer, cancellationToken);
            if (!result.Succeeded) throw new HostFailedException($"The app's timer function {timer} failed: {result.Failure}");
        }
    }

    /// <summary>
    /// Calls the timer functions until nothing new arrives, because one run of incidents reads a limited number of signals.
    /// </summary>
    /// <exception cref="HostFailedException">The host gave up on the app, or a call failed.</exception>
    public async Task FireTimersToTheEndAsync(CancellationToken cancellationToken)
    {
        long before;
        do
        {
            before = Detections;
            await FireTimersAsync(cancellationToken);
        }
        while (Detections > before);
    }

    /// <summary>Number of messages on the detections hub.</summary>
    private long Detections => _hubs.Hub(DetectionsHub).Partitions.Sum(p => (long)p.Messages.Count);

    /// <summary>The progress of the app.</summary>
    public long? AnsweredUpTo(EventPartition partition) => _listener.Checkpoints.Of(partition);

    /// <summary>Reads all detections that are on their hub, as a consumer does; repeats once.</summary>
    public async Task<IReadOnlyList<byte[]>> DetectionsAsync(CancellationToken cancellationToken)
    {
        await using var reader = new HubTail(HubEndpoint.OfConnectionString(_hubs.ConnectionString), DetectionsHub);
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        await foreach (var message in reader.ReadAsync(fromStart: true, untilEnd: true, cancellationToken))
            found[message.MessageId!] = message.Body.ToArray();
        return [.. found.Values];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_sender.DisposeAsync().AsTask(), _listener.DisposeAsync().AsTask(), _host.DisposeAsync().AsTask());
        await _hubs.DisposeAsync();
    }

    private static EventPartition Partition(int id) => new(TelemetryHub, id.ToString(CultureInfo.InvariantCulture));

    private static HostOptions HostOptionsOf(LocalAppOptions options, HubServer hubs, string group) => new()
    {
        AppFolder = options.AppFolder,
        RetryIntervalFactor = 0.1,
        MaxEventBatchSize = options.MaxBatchSize,
        Settings = new Dictionary<string, string>(options.Settings)
        {
            ["AzureWebJobsStorage"] = options.StorageConnection,
            ["Storage:ConnectionString"] = options.StorageConnection,
            ["Baseline:Name"] = options.Baseline,
            ["EventHubConnection"] = hubs.ConnectionString,
            ["TelemetryHub"] = TelemetryHub,
            ["TelemetryConsumerGroup"] = group,
            ["DetectionsHub"] = DetectionsHub,
        },
    };

    private sealed class BatchProgress(Action<int> processed) : IProgress<BatchReport>
    {
        public void Report(BatchReport value) => processed(value.Batch.Messages.Count);
    }
}
