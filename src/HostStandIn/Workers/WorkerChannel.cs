using System.ComponentModel;
using System.Diagnostics;
using System.Threading.Channels;
using Changeling.HostStandIn.Contract;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Changeling.HostStandIn.Workers;

/// <summary>
/// One worker from its start to its end: process, stream and calls in one object. So every call to a worker fails when that worker ends.
/// </summary>
internal sealed class WorkerChannel : IAsyncDisposable
{
    /// <summary>A worker whose stream has ended exits by itself; one that does not is killed after this time.</summary>
    private static readonly TimeSpan ExitsWithin = TimeSpan.FromSeconds(2);

    private readonly OwnedProcess _process;
    private readonly Action<string>? _onOutput;
    private readonly WorkerCalls _calls = new();
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>(new() { SingleReader = true });
    private readonly Channel<StreamingMessage> _startMessages = Channel.CreateUnbounded<StreamingMessage>(new() { SingleReader = true });
    private readonly TaskCompletionSource _streamEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile IReadOnlyDictionary<string, LoadedFunction>? _functions;
    private volatile bool _ending;

    private WorkerChannel(ProcessStartInfo info, string workerId, WorkerStreams streams, Action<string>? onOutput)
    {
        _onOutput = onOutput;
        streams.Expect(workerId, this);
        _process = OwnedProcess.Start(info, OnLine);
        Ended = WatchAsync();
    }

    public int ProcessId => _process.Id;

    /// <summary>The last lines that the worker wrote, and its last warnings.</summary>
    public LastLines Lines { get; } = new();

    /// <summary>Whether calls can be made.</summary>
    public bool IsReady => _functions is not null && !_ending && !_streamEnded.Task.IsCompleted && !_process.Exited.IsCompleted;

    /// <summary>The functions by name, once they are loaded.</summary>
    public IReadOnlyDictionary<string, LoadedFunction> Functions =>
        _functions ?? throw new InvalidOperationException("The worker has not loaded its functions yet.");

    /// <summary>Whether the host ended it, so that its exit code means nothing.</summary>
    public bool EndedByHost => _ending;

    /// <summary>Completes with the exit code, when all calls have failed and all output has been read.</summary>
    public Task<int> Ended { get; }

    /// <summary>Starts a worker's process.</summary>
    /// <exception cref="HostFailedException">There is no such program.</exception>
    public static WorkerChannel Start(ProcessStartInfo info, string workerId, WorkerStreams streams, Action<string>? onOutput)
    {
        try
        {
            return new WorkerChannel(info, workerId, streams, onOutput);
        }
        catch (Win32Exception exception)
        {
            throw new HostFailedException(
                $"The worker cannot be started: {info.FileName} is not on the PATH, or may not be run. The app needs the .NET 10 runtime of ASP.NET Core.", exception);
        }
    }

    /// <summary>Serves the worker's stream to its end; called by the server.</summary>
    public async Task ServeAsync(
        StreamingMessage first, IAsyncStreamReader<StreamingMessage> fromWorker, IServerStreamWriter<StreamingMessage> toWorker,
        CancellationToken cancellationToken)
    {
        var sending = SendAllAsync(toWorker, cancellationToken);
        try
        {
            Receive(first);
            while (await fromWorker.MoveNext(cancellationToken)) Receive(fromWorker.Current);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or Grpc.Core.RpcException)
        {
            // The stream was broken, for example because the worker was killed. This is handled as its end.
        }

        _streamEnded.TrySetResult();
        _outgoing.Writer.TryComplete();
        await sending;
    }

    /// <summary>The next message of the start.</summary>
    /// <exception cref="WorkerEndedException">The worker died instead.</exception>
    public async Task<StreamingMessage> ReceiveStartAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _startMessages.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException exception)
        {
            throw new WorkerEndedException(await Ended, exception);
        }
    }

    /// <summary>Sends a message; to a worker that has ended it is dropped.</summary>
    public void Send(StreamingMessage message) => _outgoing.Writer.TryWrite(message);

    /// <summary>Allows calls from now on.</summary>
    public void Loaded(IReadOnlyDictionary<string, LoadedFunction> functions) => _functions = functions;

    /// <summary>Calls a function.</summary>
    /// <returns>Completes with the answer, or as a failure at the worker's end; without a limit.</returns>
    public Task<InvocationResult> InvokeAsync(InvocationRequest request)
    {
        var answer = _calls.Open(request.InvocationId);
        Send(new StreamingMessage { InvocationRequest = request });
        return answer;
    }

    /// <summary>Asks the worker to cancel a call; the answer comes as for any call.</summary>
    public void Cancel(string invocationId) =>
        Send(new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = invocationId } });

    /// <summary>Fails the open calls and asks the worker to stop; kills it after the grace period.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync(string why, TimeSpan grace, TimeProvider time)
    {
        _ending = true;
        _calls.End(why);
        Send(new StreamingMessage { WorkerTerminate = new WorkerTerminate { GracePeriod = Duration.FromTimeSpan(grace) } });
        try
        {
            return await Ended.WaitAsync(grace, time);
        }
        catch (TimeoutException)
        {
            _process.Kill();
            return await Ended;
        }
    }

    /// <summary>Kills the worker without a signal before.</summary>
    public void Kill()
    {
        _ending = true;
        _calls.End("the host killed the worker");
        _process.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.DisposeAsync();
    }

    private async Task<int> WatchAsync()
    {
        await Task.WhenAny(_process.Exited, _streamEnded.Task);
        await Task.WhenAny(_process.Exited, Task.Delay(ExitsWithin));
        if (!_process.Exited.IsCompleted && !_ending) _process.Kill();

        var code = await _process.Exited;
        _calls.End($"the worker died with exit code {code}");
        _outgoing.Writer.TryComplete();
        await _process.OutputRead;
        _startMessages.Writer.TryComplete();
        return code;
    }

    private async Task SendAllAsync(IServerStreamWriter<StreamingMessage> toWorker, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in _outgoing.Reader.ReadAllAsync(cancellationToken))
                await toWorker.WriteAsync(message, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The stream has ended, and the worker with it.
        }
        catch (Exception exception)
        {
            // The message is lost, so the worker must be ended. Otherwise the host would wait for its answer without end.
            OnLine($"The host cannot write to the worker: {exception.Message}");
            _process.Kill();
        }
    }

    private void Receive(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.RpcLog:
                Receive(message.RpcLog);
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                _calls.Answer(message.InvocationResponse);
                break;
            default:
                _startMessages.Writer.TryWrite(message);
                break;
        }
    }

    private void Receive(RpcLog log)
    {
        var line = $"{log.Level} {log.Category}: {log.Message}";
        if (log.Exception is { Message.Length: > 0 } exception) line += $" ({exception.Message})";
        if (log.InvocationId.Length > 0) _calls.Log(log.InvocationId, line);
        if (log.Level >= RpcLog.Types.Level.Warning) Lines.Add(line);
        _onOutput?.Invoke(line);
    }

    private void OnLine(string line)
    {
        Lines.Add(line);
        _onOutput?.Invoke(line);
    }
}
