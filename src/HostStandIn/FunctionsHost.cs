using Changeling.Events;
using Changeling.HostStandIn.App;
using Changeling.HostStandIn.Invoking;
using Changeling.HostStandIn.Listening;
using Changeling.HostStandIn.Workers;

namespace Changeling.HostStandIn;

/// <summary>
/// Replaces the Functions host for one app: starts its isolated worker, sends it batches and handles every answer as the host does. It uses
/// the host's own protocol, so the worker behaves as under the real host.
/// </summary>
public sealed class FunctionsHost : IAsyncDisposable
{
    private readonly FunctionApp _app;
    private readonly HostOptions _options;
    private readonly StreamServer _server;
    private readonly WorkerSupervisor _workers;
    private readonly Invoker _invoker;
    private readonly RetriedCall _calls;
    private readonly Drain _drain = new();
    private readonly Lock _gate = new();
    private readonly List<HubListener> _listeners = [];

    private FunctionsHost(FunctionApp app, HostOptions options, StreamServer server)
    {
        _app = app;
        _options = options;
        _server = server;
        _workers = new WorkerSupervisor(app, options, server);
        _invoker = new Invoker(_workers, options, options.FunctionTimeout ?? app.Host.FunctionTimeout);
        _calls = new RetriedCall(_invoker, _workers, options);
    }

    /// <summary>The id of the worker's process; null while it does not run.</summary>
    public int? ProcessId => _workers.ProcessId;

    /// <summary>Number of restarts of the worker.</summary>
    public int Restarts => _workers.Restarts;

    /// <summary>The exit code of the worker, once it has ended: 0 after a normal stop.</summary>
    public int? LastExitCode => _workers.LastExitCode;

    /// <summary>Time from the start of the worker's process until its functions were loaded.</summary>
    public TimeSpan LastStart => _workers.LastStart;

    /// <summary>The names of the app's functions, in alphabetical order.</summary>
    public IReadOnlyCollection<string> Functions { get; private set; } = [];

    /// <summary>The progress in each event partition's feed; a listener has checkpoints of its own.</summary>
    public Checkpoints Checkpoints => _options.Checkpoints;

    /// <summary>Reads an app's folder without starting the app.</summary>
    /// <exception cref="HostFailedException">It is not a function app.</exception>
    public static void RequireApp(string folder) => FunctionApp.Read(folder);

    /// <summary>Starts an app's worker, and returns when all its functions are loaded.</summary>
    /// <exception cref="HostFailedException">
    /// It is not a function app, or the worker does not start; the message contains its last lines.
    /// </exception>
    public static async Task<FunctionsHost> StartAsync(HostOptions options, CancellationToken cancellationToken)
    {
        var app = FunctionApp.Read(options.AppFolder);
        var host = new FunctionsHost(app, options, await StreamServer.StartAsync(cancellationToken));
        try
        {
            var worker = await host._workers.ReadyAsync(cancellationToken);
            host.Functions = [.. worker.Functions.Keys.Order(StringComparer.Ordinal)];
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Invokes the Event Hubs function once with one batch: no retry, no checkpoint.</summary>
    /// <exception cref="HostFailedException">The host has stopped restarting the app, or has been stopped.</exception>
    public async Task<InvocationResult> InvokeAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var function = await EventFunctionAsync(cancellationToken);
        return await UnderWayAsync(
            token => _invoker.InvokeAsync(new FunctionCall(function.Name, EventsInput.Of(batch)), 0, null, token), cancellationToken);
    }

    /// <summary>Calls a timer function, as its schedule would: with retries where it has a policy.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="cancellationToken">Ends the wait, and asks the worker to cancel the call.</param>
    /// <exception cref="HostFailedException">The app has no such timer, or the host gives up on it, or has been stopped.</exception>
    public async Task<InvocationResult> InvokeTimerAsync(string function, CancellationToken cancellationToken)
    {
        var worker = await _workers.ReadyAsync(cancellationToken);
        var timer = AppFunctions.Timer(worker.Functions, function);
        var call = new FunctionCall(timer.Name, new TimerInput(_options.Time.GetUtcNow()));
        return await UnderWayAsync(async token => (await _calls.RunAsync(call, _drain.Stopping, token)).Result, cancellationToken);
    }

    /// <summary>
    /// Delivers all messages after the checkpoints, for several event partitions in parallel, one batch at a time for each.
    /// </summary>
    /// <param name="feeds">One for each partition; they replace a hub.</param>
    /// <param name="progress">Called for each batch after its checkpoint; from any thread.</param>
    /// <param name="cancellationToken">Ends the run; batches in progress get no checkpoint.</param>
    /// <exception cref="HostFailedException">The host gives up on the app.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled, or the host stopped.</exception>
    public async Task<RunReport> RunAsync(
        IReadOnlyList<PartitionFeed> feeds, IProgress<BatchReport>? progress, CancellationToken cancellationToken)
    {
        var function = await EventFunctionAsync(cancellationToken);
        var restarts = Restarts;
        var settings = _app.Host.EventHubs;
        var run = new BatchRun(function.Name, _calls, _drain, _options.Checkpoints, progress);
        var feed = new FeedRun(run, _options.MaxEventBatchSize ?? settings.MaxEventBatchSize, settings.PrefetchSizeInBytes);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(feeds.Select(one => Task.Run(() => RunOneAsync(feed, one, over), CancellationToken.None)));
        return run.Total with { Restarts = Restarts - restarts };
    }

    /// <summary>Listens to the Event Hub of the function's trigger, until the listener or the host is stopped.</summary>
    /// <exception cref="HostFailedException">
    /// A setting of the binding is missing, or the hub or the storage account cannot be reached.
    /// </exception>
    public async Task<HubListener> ListenAsync(ListenOptions options, CancellationToken cancellationToken)
    {
        var function = await EventFunctionAsync(cancellationToken);
        var binding = HubBinding.Of(function.Trigger, new AppSettings(_options.Settings));
        var listener = await HubListener.StartAsync(_app, _options, options, binding, function.Name, _calls, cancellationToken);
        lock (_gate) _listeners.Add(listener);
        return listener;
    }

    /// <summary>
    /// Stops as the host does at SIGTERM. Batches in progress get the drain time to finish with their checkpoint. Then the listeners stop.
    /// The worker is asked to end, and killed after its grace period.
    /// </summary>
    public async Task StopAsync()
    {
        await Task.WhenAll([_drain.StopAsync(_options.DrainTime, _options.Time), .. Listeners().Select(listener => listener.StopAsync())]);
        await _workers.StopAsync();
    }

    /// <summary>
    /// Kills the worker (SIGKILL), as a crash would: calls in progress fail immediately. The worker is restarted for the next call.
    /// </summary>
    public void Kill() => _workers.Kill();

    /// <summary>Ends immediately: calls in progress are cancelled, listeners stop, the worker is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        // The drains refuse new attempts before the worker is killed, so that no attempt restarts it.
        await Task.WhenAll(
            [
                _drain.StopAsync(TimeSpan.Zero, TimeProvider.System), .. Listeners().Select(listener => listener.DisposeAsync().AsTask()),
                _workers.DisposeAsync().AsTask(),
            ]);
        await _server.DisposeAsync();
        _drain.Dispose();
    }

    private static async Task RunOneAsync(FeedRun run, PartitionFeed feed, CancellationTokenSource over)
    {
        try
        {
            await run.RunAsync(feed, over.Token);
        }
        catch
        {
            // An error in one partition ends all of them.
            await over.CancelAsync();
            throw;
        }
    }

    private List<HubListener> Listeners()
    {
        lock (_gate) return [.. _listeners];
    }

    private async Task<LoadedFunction> EventFunctionAsync(CancellationToken cancellationToken) =>
        AppFunctions.Events((await _workers.ReadyAsync(cancellationToken)).Functions, _options.Function);

    private async Task<T> UnderWayAsync<T>(Func<CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        if (!_drain.TryEnter()) throw new HostFailedException("The host has been stopped.");
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _drain.Aborted);
            return await act(either.Token);
        }
        finally
        {
            _drain.Leave();
        }
    }
}
