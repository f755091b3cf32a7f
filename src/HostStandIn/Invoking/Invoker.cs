using Changeling.HostStandIn.Workers;

namespace Changeling.HostStandIn.Invoking;

/// <summary>One attempt: sends a call to the worker, and waits for the answer or the function's timeout.</summary>
internal sealed class Invoker(WorkerSupervisor workers, HostOptions options, TimeSpan timeout)
{
    /// <summary>A worker that answers a cancelled call within this time is not restarted.</summary>
    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(2);

    /// <param name="call">What to call.</param>
    /// <param name="retryCount">0 at the first attempt.</param>
    /// <param name="failure">Why the previous attempt failed.</param>
    /// <param name="cancellationToken">Ends the wait, and asks the worker to cancel the call.</param>
    /// <exception cref="HostFailedException">The host has stopped restarting the app, or the app has no such function.</exception>
    public async Task<InvocationResult> InvokeAsync(FunctionCall call, int retryCount, string? failure, CancellationToken cancellationToken)
    {
        var worker = await workers.ReadyAsync(cancellationToken);
        var traceParent = call.NextTraceParent();
        var invocation = call.Input.Batch is { } batch ? new Invocation(call.Id, batch, retryCount, traceParent) : null;
        if (invocation is not null && options.Sending is { } sending) await sending(invocation);

        var answer = worker.InvokeAsync(call.Request(worker.Functions[call.Function], traceParent, retryCount, failure));
        try
        {
            var result = await answer.WaitAsync(timeout, options.Time, cancellationToken);
            return invocation is null || options.Arrives?.Invoke(invocation) != false
                ? result
                : InvocationResult.Failed("the answer was lost");
        }
        catch (TimeoutException)
        {
            return await TimedOutAsync(worker, call, answer);
        }
        catch (OperationCanceledException)
        {
            worker.Cancel(call.Id.ToString());
            throw;
        }
    }

    private async Task<InvocationResult> TimedOutAsync(WorkerChannel worker, FunctionCall call, Task<InvocationResult> answer)
    {
        worker.Cancel(call.Id.ToString());
        var failure = $"the function {call.Function} timed out after {timeout}";
        try
        {
            return InvocationResult.Failed(failure, (await answer.WaitAsync(CancelGrace, options.Time)).Logs);
        }
        catch (TimeoutException)
        {
            // The whole worker is restarted, so every other call in progress fails as well.
            await workers.RestartAsync(worker);
            return InvocationResult.Failed(failure, (await answer).Logs);
        }
    }
}
