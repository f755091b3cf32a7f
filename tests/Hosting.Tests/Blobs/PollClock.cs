using System.Threading.Channels;

namespace Changeling.Hosting.Tests.Blobs;

/// <summary>
/// The clock of one follower, whose waits end when a test says so. <see cref="LookAsync"/> is one look at the store from its begin to
/// its end, so a test never sleeps.
/// </summary>
internal sealed class PollClock : TimeProvider
{
    private const int MaxLooks = 20;

    private readonly Channel<Wait> _waits = Channel.CreateUnbounded<Wait>();
    private Wait? _resting;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var wait = new Wait(callback, state);
        _waits.Writer.TryWrite(wait);
        return wait;
    }

    /// <summary>Has the follower look once, and returns when it waits again.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var wait = _resting ?? await _waits.Reader.ReadAsync(cancellationToken);
        wait.End();
        _resting = await _waits.Reader.ReadAsync(cancellationToken);
    }

    /// <summary>Has the follower look until something holds.</summary>
    public async Task LookUntilAsync(Func<bool> holds, CancellationToken cancellationToken)
    {
        for (var looks = 0; !holds(); looks++)
        {
            Assert.True(looks < MaxLooks, $"It does not hold after {MaxLooks} looks.");
            await LookAsync(cancellationToken);
        }
    }

    private sealed class Wait(TimerCallback callback, object? state) : ITimer
    {
        public void End() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
