using Changeling.HostStandIn;

namespace Changeling.Functions.Tests.App;

/// <summary>
/// Kills the worker in the middle of calls: a random moment after a batch was sent, at the latest when its answer arrives, which is then
/// lost. How often depends on the batches alone, not on the machine's speed.
/// </summary>
/// <param name="every">The batches that are answered between two kills.</param>
/// <param name="seed">Of the random moments.</param>
/// <param name="max">The kills at most.</param>
internal sealed class Killer(int every, int seed, int max = int.MaxValue)
{
    private readonly Lock _gate = new();
    private readonly Random _chance = new(seed);
    private Guid? _doomed;
    private int? _killed;
    private int _answered;

    /// <summary>Whom to kill; set when it runs.</summary>
    public FunctionsHost? Host { get; set; }

    /// <summary>The workers killed so far. On a slow machine one can be killed for two calls before its end is noticed.</summary>
    public int Kills { get; private set; }

    /// <summary>The options of a host whose worker is killed.</summary>
    public HostOptions Watching(HostOptions options) => options with { Sending = SendingAsync, Arrives = Arrives };

    private ValueTask SendingAsync(Invocation invocation)
    {
        lock (_gate)
        {
            if (_doomed is not null || _answered < every || Kills == max) return ValueTask.CompletedTask;
            _doomed = invocation.Id;
            _ = KillLaterAsync(invocation.Id, TimeSpan.FromMilliseconds(_chance.Next(1, 120)));
        }

        return ValueTask.CompletedTask;
    }

    private async Task KillLaterAsync(Guid invocation, TimeSpan wait)
    {
        await Task.Delay(wait);
        KillFor(invocation);
    }

    private bool Arrives(Invocation invocation)
    {
        if (KillFor(invocation.Id)) return false;
        lock (_gate) _answered++;
        return true;
    }

    private bool KillFor(Guid invocation)
    {
        lock (_gate)
        {
            if (_doomed != invocation) return false;
            if (Host!.ProcessId is { } process && process != _killed) (_killed, Kills) = (process, Kills + 1);
            Host.Kill();
            (_doomed, _answered) = (null, 0);
            return true;
        }
    }
}
