using Changeling.Events;

namespace Changeling.Functions.Wire;

/// <summary>One invocation, unwrapped: past this point nobody knows that there was HTTP.</summary>
/// <param name="Batch">The messages of one event partition.</param>
/// <param name="RetryCount">How often the host has tried this batch before; 0 without a retry policy.</param>
/// <param name="Bodies">Holds the bytes of all bodies, which are valid until this request is disposed.</param>
internal sealed record InvocationRequest(EventBatch Batch, int RetryCount, PooledBuffer Bodies) : IDisposable
{
    public void Dispose() => Bodies.Dispose();
}
