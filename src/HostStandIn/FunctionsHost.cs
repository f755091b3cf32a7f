using System.Collections.Concurrent;
using Changeling.Events;
using Changeling.HostStandIn.Contract;

namespace Changeling.HostStandIn;

/// <summary>
/// Plays the Functions host for one app: starts it, hands over batches, acts on every answer as the host does. The sections
/// named in this project are those of the contract between host and custom handler.
/// </summary>
public sealed class FunctionsHost : IAsyncDisposable
{
    private const string UserAgent = "Azure-Functions-Host/4.1052.200";
    private const string HostVersion = "4.1052.200";

    private readonly FunctionApp _app;
    private readonly HostOptions _options;
    private readonly IHandler _handler;
    private readonly HttpClient _client;
    private readonly Invoker _invoker;
    private readonly ConcurrentQueue<EmittedDetection> _detections = new();

    private FunctionsHost(HostOptions options, Func<FunctionApp, HttpClient, IHandler> open)
    {
        _app = FunctionApp.Read(options.AppFolder);
        _options = options;
        _client = Client();
        _handler = open(_app, _client);
        _invoker = new Invoker(_app, options, _handler, _client);
    }

    /// <summary>Where the app listens.</summary>
    public Uri Address => _handler.Address;

    /// <summary>The app's process; null while it is dead, or when it was attached to.</summary>
    public int? ProcessId => (_handler as HandlerProcess)?.ProcessId;

    /// <summary>How often the app was started again, or would have been.</summary>
    public int Restarts => _handler.Restarts;

    /// <summary>How far each event partition has been handed over.</summary>
    public Checkpoints Checkpoints => _options.Checkpoints;

    /// <summary>All that was sent to the <c>detections</c> hub so far, in order within an event partition; repeats included.</summary>
    public IReadOnlyCollection<EmittedDetection> Detections => _detections;

    /// <summary>Looks at an app's folder without starting it.</summary>
    /// <exception cref="HostFailedException">It is no app.</exception>
    public static void RequireApp(string folder) => FunctionApp.Read(folder);

    /// <summary>Starts an app and waits until it answers.</summary>
    /// <exception cref="HostFailedException">It is no app, or it does not come up.</exception>
    public static async Task<FunctionsHost> StartAsync(HostOptions options, CancellationToken cancellationToken)
    {
        var host = new FunctionsHost(options, (app, client) => new HandlerProcess(app, options, client));
        try
        {
            await host._handler.ReadyAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes a handler that runs already, for example in a debugger. It is never started and never killed.</summary>
    public static FunctionsHost Attach(Uri address, HostOptions options) => new(options, (_, _) => new AttachedHandler(address));

    /// <summary>Hands over everything after the checkpoints, event partitions in parallel, one batch at a time each.</summary>
    /// <param name="feeds">One a partition.</param>
    /// <param name="progress">Told of each batch after its checkpoint; from any thread.</param>
    /// <param name="cancellationToken">Ends the run; batches in flight get no checkpoint.</param>
    /// <exception cref="HostFailedException">The host gives up on the app.</exception>
    public async Task<RunReport> RunAsync(
        IReadOnlyList<PartitionFeed> feeds, IProgress<BatchReport>? progress, CancellationToken cancellationToken)
    {
        var restarts = Restarts;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var runs = feeds.Select(feed => RunOneAsync(feed, progress, stop)).ToList();
        var reports = await Task.WhenAll(runs);
        return reports.Aggregate(new RunReport(0, 0, 0, 0, Restarts - restarts), (sum, one) => sum with
        {
            Messages = sum.Messages + one.Messages,
            Batches = sum.Batches + one.Batches,
            FailedAttempts = sum.FailedAttempts + one.FailedAttempts,
            LostBatches = sum.LostBatches + one.LostBatches,
        });
    }

    /// <summary>Invokes the function once with one batch: no retry, no checkpoint.</summary>
    /// <exception cref="HostFailedException">The host gives up on the app.</exception>
    public async Task<InvocationResult> InvokeAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var result = await _invoker.InvokeAsync(batch, retryCount: 0, failure: null, cancellationToken);
        Sent(batch, result);
        return result;
    }

    /// <summary>Invokes a timer function once, as its schedule would (section 1.13). One that fails is not tried again.</summary>
    /// <param name="function">The function's name: its folder.</param>
    /// <param name="cancellationToken">Ends the wait; the app is never told.</param>
    /// <exception cref="HostFailedException">The app has no such function, or the host gives up on it.</exception>
    public async Task<InvocationResult> InvokeTimerAsync(string function, CancellationToken cancellationToken)
    {
        var timer = TimerFunction.Read(_app.Folder, function);
        await _handler.ReadyAsync(cancellationToken);
        using var content = timer.Content(_options.Time.GetUtcNow());
        using var response = await _client.PostAsync(new Uri(_handler.Address, function), content, cancellationToken);
        var answer = await HandlerAnswer.ReadAsync(response, cancellationToken);
        return answer.Verdict == Verdict.Success
            ? new InvocationResult(true, null, answer.Outputs, answer.Logs)
            : InvocationResult.Failed(answer.Failure ?? "the invocation never completes");
    }

    /// <summary>Kills the app (SIGKILL), as a crash or a function timeout would; it is started again for the next batch.</summary>
    public void Kill() => _handler.Kill();

    /// <summary>Kills the app, as the host does at its end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _handler.DisposeAsync();
        _client.Dispose();
    }

    private Task<RunReport> RunOneAsync(PartitionFeed feed, IProgress<BatchReport>? progress, CancellationTokenSource stop) => Task.Run(async () =>
    {
        try
        {
            return await new PartitionRun(_app, _options, _invoker, Sent).RunAsync(feed, progress, stop.Token);
        }
        catch
        {
            // One partition's end by a failed host is the end of all.
            await stop.CancelAsync();
            throw;
        }
    });

    private void Sent(EventBatch batch, InvocationResult result)
    {
        if (result.Detections.Count == 0) return;
        var time = batch.Messages.Count == 0 ? default : batch.Messages[^1].EnqueuedTime;
        foreach (var body in result.Detections) _detections.Enqueue(new EmittedDetection(batch.Partition, time, body));
    }

    /// <summary>As the host's client: no connection limit, redirects followed, no timeout of its own below the function's (section 1.9).</summary>
    private static HttpClient Client()
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Add("User-Agent", UserAgent);
        client.DefaultRequestHeaders.Add("X-Azure-Functions-HostVersion", HostVersion);
        return client;
    }
}
