namespace Changeling.HubStandIn;

/// <summary>A client that reads a partition.</summary>
/// <param name="ConsumerGroup">As the client wrote it.</param>
/// <param name="Partition">The partition's id.</param>
/// <param name="OwnerLevel">Null without one: then other clients may read beside it.</param>
/// <param name="Name">The client's own identifier; null without one.</param>
public sealed record HubReader(string ConsumerGroup, int Partition, long? OwnerLevel, string? Name);
