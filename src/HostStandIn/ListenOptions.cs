namespace Changeling.HostStandIn;

/// <summary>How the host listens to the Event Hub of a trigger.</summary>
public sealed record ListenOptions
{
    /// <summary>
    /// Connection string of the storage account that holds the checkpoints; null takes the app setting <c>AzureWebJobsStorage</c>.
    /// </summary>
    public string? StorageConnection { get; init; }

    /// <summary>
    /// How often partitions are claimed and ownership is renewed; short, so that a second listener soon gets its share of partitions.
    /// </summary>
    /// <value>Null leaves <c>loadBalancingUpdateInterval</c> of <c>host.json</c>, or the client's default.</value>
    public TimeSpan? LoadBalancingInterval { get; init; }

    /// <summary>Time after which a partition of an owner that crashed may be claimed.</summary>
    /// <value>Null leaves <c>partitionOwnershipExpirationInterval</c> of <c>host.json</c>, or the client's default.</value>
    public TimeSpan? OwnershipExpiration { get; init; }

    /// <summary>Called for each batch after its checkpoint; from any thread.</summary>
    public IProgress<BatchReport>? Progress { get; init; }

    /// <summary>Receives errors of the hub or the storage account; the listener continues. Called from any thread.</summary>
    public Action<Exception>? OnError { get; init; }
}
