using System.Globalization;
using Amqp;
using Changeling.HubStandIn.Links;
using Changeling.HubStandIn.Storing;

namespace Changeling.HubStandIn;

/// <summary>One event hub, seen from inside the process. All members may be called from any thread.</summary>
public sealed class Hub
{
    private readonly RisingNumber _count = new(0);
    private int _lastPartition = -1;

    internal Hub(HubDefinition definition, TimeProvider time)
    {
        Definition = definition;
        CreatedAt = time.GetUtcNow();
        Partitions =
        [
            .. Enumerable.Range(0, definition.Partitions).Select(
                id => new HubPartition(id, definition.MaxEventsPerPartition, time, CountAppended)),
        ];
    }

    /// <summary>The name and settings of the hub.</summary>
    public HubDefinition Definition { get; }

    /// <summary>How clients address it.</summary>
    public string Name => Definition.Name;

    /// <summary>The event partitions, by id.</summary>
    public IReadOnlyList<HubPartition> Partitions { get; }

    /// <summary>Number of events that were ever sent or appended, including those that are no longer kept.</summary>
    public long Count => _count.Value;

    /// <summary>A copy of the list of events kept, one partition after the other.</summary>
    public IReadOnlyList<HubMessage> Messages => [.. Partitions.SelectMany(partition => partition.Messages)];

    /// <summary>The clients that read at this moment.</summary>
    public IReadOnlyList<HubReader> Readers => ReaderLinks.Snapshot();

    internal DateTimeOffset CreatedAt { get; }

    internal OpenReaders ReaderLinks { get; } = new();

    internal OpenPublishers PublisherLinks { get; } = new();

    /// <summary>Appends an event without a client.</summary>
    /// <param name="partition">The partition's id.</param>
    /// <param name="body">The body; it is copied.</param>
    /// <param name="enqueuedTime">Null takes the server's clock. Earlier than the event ahead means the time of that.</param>
    /// <param name="properties">Null sends none.</param>
    /// <returns>The event as readers see it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such partition.</exception>
    public HubMessage Append(
        int partition, ReadOnlyMemory<byte> body, DateTimeOffset? enqueuedTime = null, EventProperties? properties = null) =>
        Partition(partition).Append(body, enqueuedTime, properties);

    /// <summary>The partition of a key; always the same one.</summary>
    public int PartitionOf(string partitionKey) => Definition.PartitionOf(partitionKey);

    /// <summary>Completes when a partition has an event of this sequence number, or a later one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such partition.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task WaitForAsync(int partition, long sequenceNumber, CancellationToken cancellationToken = default) =>
        Partition(partition).WaitForAsync(sequenceNumber, cancellationToken);

    /// <summary>Completes when the hub has accepted this number of events in all its partitions.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task WaitForCountAsync(long count, CancellationToken cancellationToken = default) =>
        _count.WaitForAsync(count, cancellationToken);

    /// <summary>Completes when the clients that read meet a condition, for example that every partition has a reader.</summary>
    /// <param name="condition">The condition, which is evaluated immediately and after each change, from any thread.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task WaitForReadersAsync(Func<IReadOnlyList<HubReader>, bool> condition, CancellationToken cancellationToken = default) =>
        ReaderLinks.WaitForAsync(condition, cancellationToken);

    /// <summary>The partition of events that name none: by key, or else in turn.</summary>
    internal HubPartition Choose(string? partitionKey) => Partitions[partitionKey is null
        ? (int)((uint)Interlocked.Increment(ref _lastPartition) % (uint)Partitions.Count)
        : PartitionOf(partitionKey)];

    /// <exception cref="AmqpException">There is none with that id.</exception>
    internal HubPartition FindPartition(string id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < Partitions.Count
            ? Partitions[number]
            : throw LinkErrors.NoSuchPartition(id, Partitions.Count);

    private void CountAppended(int events) => _count.RaiseBy(events);

    private HubPartition Partition(int id) =>
        id >= 0 && id < Partitions.Count
            ? Partitions[id]
            : throw new ArgumentOutOfRangeException(nameof(id), id, $"Hub {Name} has {Partitions.Count} partitions.");
}
