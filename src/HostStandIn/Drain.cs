namespace Changeling.HostStandIn;

/// <summary>
/// Counts what is in progress, so that a stop can wait for it. After the stop nothing new begins and nothing is retried. Work that is not
/// done within the drain time is cancelled.
/// </summary>
internal sealed class Drain : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborted = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay;
    private bool _stopped;

    /// <summary>Cancelled at the stop: waits between attempts end.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Cancelled when the drain time is over: attempts in progress end.</summary>
    public CancellationToken Aborted => _aborted.Token;

    /// <summary>Begins work that a stop waits for.</summary>
    /// <returns>False after the stop.</returns>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_stopped) return false;
            _underWay++;
            return true;
        }
    }

    /// <summary>Ends work that <see cref="TryEnter"/> began.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_underWay == 0 && _stopped) _idle.TrySetResult();
        }
    }

    /// <summary>Stops: waits for what is in progress, then cancels what is left and waits for that.</summary>
    public async Task StopAsync(TimeSpan drainTime, TimeProvider time)
    {
        Refuse();
        try
        {
            await _idle.Task.WaitAsync(drainTime, time);
        }
        catch (TimeoutException)
        {
            await _aborted.CancelAsync();
            await _idle.Task;
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _aborted.Dispose();
    }

    /// <summary>The cancellation has taken effect when this returns, because callers then end the worker.</summary>
    private void Refuse()
    {
        lock (_gate)
        {
            _stopped = true;
            if (_underWay == 0) _idle.TrySetResult();
        }

        _stopping.Cancel();
    }
}
