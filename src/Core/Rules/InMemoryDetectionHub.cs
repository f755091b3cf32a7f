using System.Collections.Concurrent;

namespace Changeling.Rules;

/// <summary>Keeps what was sent, in order. For backtests and tests.</summary>
public sealed class InMemoryDetectionHub : IDetectionHub
{
    private readonly ConcurrentQueue<ReadOnlyMemory<byte>> _sent = new();

    /// <summary>All that was sent so far.</summary>
    public IReadOnlyCollection<ReadOnlyMemory<byte>> Sent => _sent;

    /// <summary>Asked before each send: an exception fails it, and nothing is sent. For tests.</summary>
    public Func<IReadOnlyList<ReadOnlyMemory<byte>>, Exception?>? Fault { get; set; }

    /// <inheritdoc/>
    public Task SendAsync(IReadOnlyList<ReadOnlyMemory<byte>> detections, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Fault?.Invoke(detections) is { } fault) throw fault;
        foreach (var detection in detections) _sent.Enqueue(detection);
        return Task.CompletedTask;
    }
}
