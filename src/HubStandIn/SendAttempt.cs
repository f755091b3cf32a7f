namespace Changeling.HubStandIn;

/// <summary>A message that a client sends, before anything of it is stored.</summary>
/// <param name="Hub">The hub's name.</param>
/// <param name="Partition">The partition that it would go to.</param>
/// <param name="PartitionKey">Null without one.</param>
/// <param name="Events">Number of events in the message.</param>
public readonly record struct SendAttempt(string Hub, int Partition, string? PartitionKey, int Events);
