namespace Changeling.Simulation;

/// <summary>One Event Hubs message as a collector would send it.</summary>
/// <param name="HostIndex">The host whose events it holds; always one host.</param>
/// <param name="HostName">That host's full name: the partition key of a fleet that is keyed by host.</param>
/// <param name="EnqueuedTime">The enqueued time: the last event's time plus the collector's delay; never falls for one host.</param>
/// <param name="Body">The bytes, UTF-8 JSON without a line break.</param>
/// <param name="Events">The events inside, in the order of the records.</param>
public sealed record SimulatedMessage(
    int HostIndex, string HostName, DateTimeOffset EnqueuedTime, ReadOnlyMemory<byte> Body, IReadOnlyList<SimulatedEvent> Events);
