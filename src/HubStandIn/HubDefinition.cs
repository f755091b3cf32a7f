using Changeling.HubStandIn.Storing;

namespace Changeling.HubStandIn;

/// <summary>One event hub of a server.</summary>
/// <param name="Name">How clients address it; letter case does not matter. Letters, digits, <c>.</c>, <c>-</c> and <c>_</c>.</param>
/// <param name="Partitions">Number of event partitions, 1 to 1,024; their ids are <c>0</c> to <c>Partitions - 1</c>.</param>
public sealed record HubDefinition(string Name, int Partitions)
{
    /// <summary>The consumer group that every hub has.</summary>
    public const string DefaultConsumerGroup = "$Default";

    /// <summary>Retention: with one more event, the oldest event of the partition is deleted.</summary>
    /// <value>Events in each partition, at least 1; 1,000,000 by default.</value>
    public int MaxEventsPerPartition { get; init; } = 1_000_000;

    /// <summary>
    /// The consumer groups besides <see cref="DefaultConsumerGroup"/>. Reading through any other fails with <c>amqp:not-found</c>.
    /// </summary>
    public IReadOnlyList<string> ConsumerGroups { get; init; } = [DefaultConsumerGroup];

    /// <summary>The partition of a key: always the same one, on every machine. It is not the function of Event Hubs.</summary>
    public int PartitionOf(string partitionKey) => PartitionKeyHash.Partition(partitionKey, Partitions);

    internal bool HasConsumerGroup(string group) =>
        group.Equals(DefaultConsumerGroup, StringComparison.OrdinalIgnoreCase)
            || ConsumerGroups.Contains(group, StringComparer.OrdinalIgnoreCase);
}
