namespace Changeling.Hosting.Invocations;

/// <summary>Counts the invocations that are in progress, so that a stop can wait for them. Safe to use from many threads.</summary>
public sealed class InvocationsInFlight
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _none;
    private int _count;

    /// <summary>Number of invocations in progress.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _count;
        }
    }

    /// <summary>Counts a new invocation. Dispose the result when it has ended.</summary>
    public IDisposable Enter()
    {
        lock (_gate) _count++;
        return new Invocation(this);
    }

    /// <summary>Completes when no invocation is in progress.</summary>
    public Task NoneAsync()
    {
        lock (_gate)
        {
            if (_count == 0) return Task.CompletedTask;
            return (_none ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_count > 0) return;
            _none?.TrySetResult();
            _none = null;
        }
    }

    private sealed class Invocation(InvocationsInFlight all) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0) all.Leave();
        }
    }
}
