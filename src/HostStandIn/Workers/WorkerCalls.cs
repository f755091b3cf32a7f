using Changeling.HostStandIn.Contract;

namespace Changeling.HostStandIn.Workers;

/// <summary>The calls that one worker has not answered yet. After the worker's end, a new call fails immediately.</summary>
internal sealed class WorkerCalls
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Call> _open = [];
    private string? _end;

    /// <summary>Opens a call.</summary>
    /// <returns>Completes with the answer, or as a failure at the worker's end.</returns>
    public Task<InvocationResult> Open(string invocationId)
    {
        lock (_gate)
        {
            if (_end is not null) return Task.FromResult(InvocationResult.Failed(_end));
            var call = new Call();
            _open[invocationId] = call;
            return call.Answer.Task;
        }
    }

    /// <summary>Records a line that the worker logged during a call.</summary>
    public void Log(string invocationId, string line)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(invocationId, out var call)) call.Logs.Add(line);
        }
    }

    /// <summary>Completes a call. An answer that nobody waits for any more is dropped.</summary>
    public void Answer(InvocationResponse response)
    {
        lock (_gate)
        {
            if (!_open.Remove(response.InvocationId, out var call)) return;
            var failure = Failure(response.Result);
            call.Answer.TrySetResult(new InvocationResult(failure is null, failure, [.. call.Logs]));
        }
    }

    /// <summary>Fails all open calls; only the first reason counts.</summary>
    /// <param name="why">The failure, in one sentence.</param>
    public void End(string why)
    {
        lock (_gate)
        {
            _end ??= why;
            foreach (var call in _open.Values) call.Answer.TrySetResult(InvocationResult.Failed(_end, [.. call.Logs]));
            _open.Clear();
        }
    }

    private static string? Failure(StatusResult result) => result.Status switch
    {
        StatusResult.Types.Status.Success => null,
        StatusResult.Types.Status.Cancelled => "the worker cancelled the call",
        _ when result.Exception is { } exception =>
            exception.Type.Length > 0 ? $"{exception.Type}: {exception.Message}" : exception.Message,
        _ => $"the worker failed: {result.Result}",
    };

    private sealed class Call
    {
        public List<string> Logs { get; } = [];

        public TaskCompletionSource<InvocationResult> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
