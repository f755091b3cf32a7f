using Changeling.Events;

namespace Changeling.HostStandIn;

/// <summary>One attempt to have one batch processed.</summary>
/// <param name="Id">The same in every attempt of a batch.</param>
/// <param name="Batch">The same messages in every attempt.</param>
/// <param name="RetryCount">0 at the first attempt.</param>
/// <param name="TraceParent">The W3C trace context for the worker: one trace for each batch, one span for each attempt.</param>
public sealed record Invocation(Guid Id, EventBatch Batch, int RetryCount, string TraceParent);

/// <summary>The result of an attempt.</summary>
/// <param name="Succeeded">Whether the function returned.</param>
/// <param name="Failure">The reason of the failure, as the host knows it; null on success.</param>
/// <param name="Logs">The lines that the function logged during this attempt: <c>Level Category: message</c>.</param>
public sealed record InvocationResult(bool Succeeded, string? Failure, IReadOnlyList<string> Logs)
{
    internal static InvocationResult Failed(string failure, IReadOnlyList<string>? logs = null) => new(false, failure, logs ?? []);
}
