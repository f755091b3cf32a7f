using Changeling.Hosting.Settings;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Batches;

/// <summary>
/// Bounds memory: at most <see cref="PipelineOptions.ConcurrentBatches"/> batches are decoded and processed at once; the others wait as
/// the bytes that the host sent, before a copy is made of them.
/// </summary>
/// <param name="options">How many.</param>
public sealed class BatchGate(IOptions<PipelineOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.Value.ConcurrentBatches);

    /// <summary>Waits for a place. Dispose what is returned to give it back.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        return new Place(_places);
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        private int _isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isLeft, 1) == 0) places.Release();
        }
    }
}
