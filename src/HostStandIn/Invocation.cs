using Changeling.Events;

namespace Changeling.HostStandIn;

/// <summary>One attempt to have one batch processed.</summary>
/// <param name="Id">New for every attempt.</param>
/// <param name="Batch">The same messages in every attempt.</param>
/// <param name="RetryCount">0 at the first attempt.</param>
public sealed record Invocation(Guid Id, EventBatch Batch, int RetryCount);

/// <summary>What an attempt came to.</summary>
/// <param name="Succeeded">Whether the host takes the batch for done.</param>
/// <param name="Failure">Why not, in one sentence; null on success.</param>
/// <param name="Detections">The events sent to the <c>detections</c> hub; on a failure those sent before it.</param>
/// <param name="Logs">The lines that the app had the host log.</param>
public sealed record InvocationResult(
    bool Succeeded, string? Failure, IReadOnlyList<ReadOnlyMemory<byte>> Detections, IReadOnlyList<string> Logs)
{
    internal static InvocationResult Failed(string failure, IReadOnlyList<ReadOnlyMemory<byte>>? sent = null) => new(false, failure, sent ?? [], []);
}
