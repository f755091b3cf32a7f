using Azure.Messaging.EventHubs.Primitives;
using Azure.Messaging.EventHubs.Processor;
using Azure.Storage.Blobs;
using Changeling.Events;
using Changeling.HostStandIn.App;
using Changeling.HostStandIn.Invoking;
using Changeling.HostStandIn.Listening;

namespace Changeling.HostStandIn;

/// <summary>
/// Reads an Event Hub as the host does for its trigger: the official client's event processor, one call for each received batch,
/// checkpoints and ownership in blobs. Ends with its host.
/// </summary>
public sealed class HubListener : IAsyncDisposable
{
    private const string Container = "azure-webjobs-eventhub";

    private readonly HubProcessor _processor;
    private readonly BatchRun _run;
    private readonly Drain _drain;
    private readonly HostOptions _host;

    private HubListener(HubProcessor processor, BatchRun run, Drain drain, HostOptions host)
    {
        _processor = processor;
        _run = run;
        _drain = drain;
        _host = host;
    }

    /// <summary>The Event Hub's name.</summary>
    public string Hub => _processor.EventHubName;

    /// <summary>The consumer group that it reads in.</summary>
    public string ConsumerGroup => _processor.ConsumerGroup;

    /// <summary>The progress in each event partition, from the checkpoints that this listener has read or written.</summary>
    public Checkpoints Checkpoints => _run.Checkpoints;

    /// <summary>The result of all batches so far. The number of restarts is counted by the host.</summary>
    public RunReport Report => _run.Total;

    /// <summary>The ids of the partitions that it owns and reads; others are owned by other listeners or by none.</summary>
    public IReadOnlyCollection<string> Partitions => _processor.Owned.Ids;

    /// <summary>Waits until it owns exactly this number of partitions.</summary>
    public Task WaitForPartitionsAsync(int count, CancellationToken cancellationToken) =>
        _processor.Owned.WaitForAsync(count, cancellationToken);

    /// <summary>Waits until partitions have been processed and checkpointed.</summary>
    /// <param name="upTo">Partition id → sequence number of the last message to wait for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HostFailedException">The host gives up on the app.</exception>
    public async Task WaitForAsync(IReadOnlyDictionary<string, long> upTo, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var all = Task.WhenAll(upTo.Select(one => Checkpoints.WaitForAsync(new EventPartition(Hub, one.Key), one.Value, over.Token)));
        var first = await Task.WhenAny(all, _run.Failed);
        await over.CancelAsync();
        await first;
    }

    /// <summary>
    /// Stops: batches in progress get the host's drain time to finish with their checkpoint, then they are cancelled without one.
    /// </summary>
    public Task StopAsync() => Task.WhenAll(_drain.StopAsync(_host.DrainTime, _host.Time), _processor.StopAsync());

    /// <summary>Stops at once: batches in progress are cancelled and get no checkpoint.</summary>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_drain.StopAsync(TimeSpan.Zero, TimeProvider.System), _processor.StopAsync());

    internal static async Task<HubListener> StartAsync(
        FunctionApp app, HostOptions host, ListenOptions options, HubBinding binding, string function, RetriedCall calls,
        CancellationToken cancellationToken)
    {
        var drain = new Drain();
        var run = new BatchRun(function, calls, drain, new Checkpoints(), options.Progress);
        var storage = options.StorageConnection ?? new AppSettings(host.Settings).Connection("Storage");
        var container = new BlobServiceClient(storage, Blobs()).GetBlobContainerClient(Container);
        var settings = app.Host.EventHubs;
        var processor = new HubProcessor(
            new BlobCheckpointStore(container),
            host.MaxEventBatchSize ?? settings.MaxEventBatchSize,
            binding,
            Processor(settings, options),
            run,
            exception => options.OnError?.Invoke(exception));
        try
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await processor.StartProcessingAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new HostFailedException(
                $"The Event Hub {binding.Hub} cannot be listened to: {exception.GetBaseException().Message}", exception);
        }

        return new HubListener(processor, run, drain, host);
    }

    /// <summary>The account is on this machine, so it answers immediately or has ended. A stop must not wait for it.</summary>
    private static BlobClientOptions Blobs() =>
        new() { Retry = { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(50), NetworkTimeout = TimeSpan.FromSeconds(5) } };

    /// <summary>Greedy, as in the extension, so that all partitions without an owner are claimed at once.</summary>
    private static EventProcessorOptions Processor(EventHubsSettings settings, ListenOptions options)
    {
        var processor = new EventProcessorOptions
        {
            DefaultStartingPosition = settings.Start,
            LoadBalancingStrategy = LoadBalancingStrategy.Greedy,
            PrefetchCount = settings.PrefetchCount,
            PrefetchSizeInBytes = settings.PrefetchSizeInBytes,
            RetryOptions = settings.ClientRetry,
            TrackLastEnqueuedEventProperties = false,
        };
        if ((options.LoadBalancingInterval ?? settings.LoadBalancingInterval) is { } interval)
            processor.LoadBalancingUpdateInterval = interval;
        if ((options.OwnershipExpiration ?? settings.OwnershipExpiration) is { } expiration)
            processor.PartitionOwnershipExpirationInterval = expiration;
        return processor;
    }
}
