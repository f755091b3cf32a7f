using Changeling.Hosting.Settings;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.Batches;

/// <summary>
/// Limits memory: at most <see cref="PipelineOptions.ConcurrentBatches"/> batches are decoded and processed at the same time. The others
/// wait as undecoded bytes, before a copy is made of them.
/// </summary>
/// <param name="options">The maximum number of batches.</param>
public sealed class BatchGate(IOptions<PipelineOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.Value.ConcurrentBatches);

    /// <summary>Waits until a batch may start. Dispose the result when the batch has ended.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
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
