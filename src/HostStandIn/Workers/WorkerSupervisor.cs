using Changeling.HostStandIn.App;

namespace Changeling.HostStandIn.Workers;

/// <summary>Keeps one worker running: starts it, restarts it after a crash, and stops restarting it when the host would.</summary>
internal sealed class WorkerSupervisor(FunctionApp app, HostOptions options, StreamServer server) : IAsyncDisposable
{
    private const int ExitByWish = 0;
    private const int ExitForRestart = 200;

    private readonly Lock _gate = new();
    private readonly Deaths _deaths = new(options.Time);
    private readonly CancellationTokenSource _disposed = new();
    private Task<WorkerChannel>? _ready;
    private volatile WorkerChannel? _latest;
    private int _starts;

    public int Restarts => Math.Max(0, _starts - 1);

    /// <summary>The running process's id; null while there is none.</summary>
    public int? ProcessId => _latest is { Ended.IsCompleted: false } worker ? worker.ProcessId : null;

    /// <summary>From the process's start until its functions were loaded.</summary>
    public TimeSpan LastStart { get; private set; }

    /// <summary>The exit code of the worker that ended last.</summary>
    public int? LastExitCode => _latest is { Ended: { IsCompletedSuccessfully: true, Result: var code } } ? code : null;

    /// <summary>A worker that takes calls; started again where the last one died. All callers wait for the same start.</summary>
    /// <param name="cancellationToken">Ends the wait, not the start.</param>
    /// <exception cref="HostFailedException">The host has stopped restarting the app; later calls fail in the same way.</exception>
    public Task<WorkerChannel> ReadyAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_disposed.IsCancellationRequested) throw new HostFailedException("The host has been stopped.");
            if (_ready is null || _ready is { IsCompletedSuccessfully: true, Result.IsReady: false }) _ready = NextAsync();
            return _ready.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ends a worker that does not answer; its other calls fail with it. It does not count as a death.</summary>
    public Task RestartAsync(WorkerChannel worker) =>
        worker.TerminateAsync("the host restarted the worker because another call timed out", options.TerminateGrace, options.Time);

    /// <summary>Kills the worker; the next <see cref="ReadyAsync"/> starts it again.</summary>
    public void Kill() => _latest?.Kill();

    /// <summary>Asks the worker to stop, and kills it after the grace period. It is not started again.</summary>
    public async Task StopAsync()
    {
        await _disposed.CancelAsync();
        if (_latest is { } worker) await worker.TerminateAsync("the host stops", options.TerminateGrace, options.Time);
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        Task? start;
        lock (_gate) start = _ready;

        _latest?.Kill();
        if (start is not null) await Task.WhenAny(start);
        if (_latest is { } worker) await worker.DisposeAsync();
    }

    private async Task<WorkerChannel> NextAsync()
    {
        await Task.Yield();
        while (true)
        {
            if (_latest is { } dead) await BuryAsync(dead);
            _disposed.Token.ThrowIfCancellationRequested();

            var begin = options.Time.GetTimestamp();
            var worker = Start();
            try
            {
                await WorkerHandshake.RunAsync(worker, app, options.Time, _disposed.Token);
                LastStart = options.Time.GetElapsedTime(begin);
                return worker;
            }
            catch (WorkerEndedException exception) when (_starts == 1 && !worker.EndedByHost && exception.ExitCode != ExitForRestart)
            {
                // The host would try twice more, and fail the same way.
                throw new HostFailedException(
                    $"The worker did not start: it ended with exit code {exception.ExitCode}. {worker.Lines}", exception);
            }
            catch (WorkerEndedException)
            {
                // Counts as one more crash.
            }
            catch
            {
                worker.Kill();
                throw;
            }
        }
    }

    private WorkerChannel Start()
    {
        var id = Ids.New().ToString();
        var worker = WorkerChannel.Start(WorkerStart.Info(app, options.Settings, server.Address, id), id, server.Streams, options.OnOutput);
        _latest = worker;
        _starts++;
        return worker;
    }

    /// <summary>Handles a worker's exit, and stops restarting when the host would.</summary>
    private async Task BuryAsync(WorkerChannel dead)
    {
        var code = await dead.Ended;
        var wanted = dead.EndedByHost || code == ExitForRestart;
        await dead.DisposeAsync();
        if (wanted) return;
        if (code == ExitByWish)
        {
            throw new HostFailedException(
                $"The worker ended with exit code 0: the host treats that as intended and does not start it again. {dead.Lines}");
        }

        if (_deaths.Add() && !options.CallerKills)
        {
            throw new HostFailedException(
                $"The worker died {_deaths.Count} times, each within 30 minutes of the death before, last with exit code {code}. {dead.Lines}");
        }
    }
}
