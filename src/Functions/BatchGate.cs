using Changeling.Functions.Wire;
using Microsoft.Extensions.Options;

namespace Changeling.Functions;

/// <summary>
/// Bounds memory: at most <see cref="PipelineOptions.ConcurrentBatches"/> request bodies are read and processed at once,
/// the others wait unread in their connections; of bodies above <see cref="LargeBody"/> one at a time.
/// </summary>
internal sealed class BatchGate(IOptions<PipelineOptions> options) : IDisposable
{
    /// <summary>Above so many bytes a body is large.</summary>
    /// <value>16 MiB.</value>
    public const int LargeBody = 16 * 1024 * 1024;

    private readonly SemaphoreSlim _batches = new(options.Value.ConcurrentBatches);
    private readonly SemaphoreSlim _large = new(1);

    /// <summary>Waits for a place, reads and unwraps the request, and works on it. The place is held to the end.</summary>
    public async Task<T> RunAsync<T>(Stream body, Func<InvocationRequest, Task<T>> work, CancellationToken cancellationToken)
    {
        await _batches.WaitAsync(cancellationToken);
        var large = false;
        try
        {
            InvocationRequest request;
            using (var raw = new BodySegments())
            {
                while (await body.ReadAsync(raw.Free(), cancellationToken) is > 0 and var count)
                {
                    raw.Advance(count);
                    if (large || raw.Length <= LargeBody) continue;

                    // Who waits here holds a place; who is large already needs no other one, so this cannot lock up.
                    await _large.WaitAsync(cancellationToken);
                    large = true;
                }

                request = InvocationReader.Read(raw.AsSequence());
            }

            using (request) return await work(request);
        }
        finally
        {
            if (large) LeaveLarge();
            _batches.Release();
        }
    }

    /// <summary>What a large body took is more than the pool keeps: it is given back before the next one may take as much.</summary>
    private void LeaveLarge()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        _large.Release();
    }

    public void Dispose()
    {
        _batches.Dispose();
        _large.Dispose();
    }
}
