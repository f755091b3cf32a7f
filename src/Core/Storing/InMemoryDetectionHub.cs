namespace Changeling.Storing;

/// <summary>A hub that keeps what it was sent: for backtests and tests. May be used by several threads.</summary>
/// <param name="fault">
/// Asked before each request that is not empty; an exception that it returns is thrown, and nothing of the request is kept. If left out, no
/// request fails.
/// </param>
public sealed class InMemoryDetectionHub(Func<Exception?>? fault = null) : IDetectionHub
{
    private readonly Lock _lock = new();
    private readonly List<ReadOnlyMemory<byte>> _sent = [];

    /// <summary>Everything that was sent so far, in order; a repeat is contained twice.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Sent
    {
        get
        {
            lock (_lock) return [.. _sent];
        }
    }

    /// <inheritdoc/>
    public Task SendAsync(IReadOnlyList<ReadOnlyMemory<byte>> detections, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (detections.Count > 0 && fault?.Invoke() is { } exception) return Task.FromException(exception);
        lock (_lock) _sent.AddRange(detections);
        return Task.CompletedTask;
    }
}
