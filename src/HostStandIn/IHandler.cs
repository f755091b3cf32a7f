namespace Changeling.HostStandIn;

/// <summary>The custom handler as the host sees it: an address that can be made ready, and killed.</summary>
internal interface IHandler : IAsyncDisposable
{
    /// <summary>Where it listens; changes with each start.</summary>
    Uri Address { get; }

    /// <summary>How often it has been started again.</summary>
    int Restarts { get; }

    /// <summary>Completes when the handler that listens at <see cref="Address"/> dies.</summary>
    Task Died { get; }

    /// <summary>Waits until it answers, starting it again where it died.</summary>
    /// <exception cref="HostFailedException">The host gives up on it.</exception>
    Task ReadyAsync(CancellationToken cancellationToken);

    /// <summary>Kills it; the next <see cref="ReadyAsync"/> starts it again.</summary>
    void Kill();

    /// <summary>Kills the one that listens at an address, unless another has taken its place.</summary>
    void Kill(Uri address)
    {
        if (address == Address) Kill();
    }
}

/// <summary>A handler that somebody else runs, for example a debugger, or a test that answers badly.</summary>
internal sealed class AttachedHandler(Uri address) : IHandler
{
    private int _kills;

    public Uri Address => address;

    public int Restarts => _kills;

    /// <summary>Whoever runs it knows; we do not.</summary>
    public Task Died { get; } = new TaskCompletionSource().Task;

    public Task ReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Kill() => Interlocked.Increment(ref _kills);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
