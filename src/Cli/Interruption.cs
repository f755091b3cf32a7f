using System.Runtime.InteropServices;

namespace Changeling.Cli;

/// <summary>Turns Ctrl-C and SIGTERM into a cancellation token. If the command does not end in time, the process does.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly TaskCompletionSource<int> _forced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _signals;

    public Interruption() => _signals =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Answer(context, Verb.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Answer(context, Verb.Terminated)),
    ];

    /// <summary>Runs a command, and gives it <see cref="Verb.CleansUpWithin"/> to end after a signal.</summary>
    /// <returns>The command's exit code, or the signal's if the command did not end in time.</returns>
    public async Task<int> RunAsync(Func<CancellationToken, Task<int>> command) =>
        await await Task.WhenAny(command(_source.Token), _forced.Task);

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
        _source.Dispose();
    }

    private void Answer(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        _source.Cancel();
        _ = Task.Delay(Verb.CleansUpWithin).ContinueWith(_ => _forced.TrySetResult(exitCode), TaskScheduler.Default);
    }
}
