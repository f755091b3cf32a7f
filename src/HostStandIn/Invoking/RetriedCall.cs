using Changeling.HostStandIn.Workers;

namespace Changeling.HostStandIn.Invoking;

/// <summary>A call with its retries.</summary>
internal sealed class RetriedCall(Invoker invoker, WorkerSupervisor workers, HostOptions options)
{
    /// <summary>Repeats the call until it succeeds, or the function's policy allows no more retries.</summary>
    /// <param name="call">What to call.</param>
    /// <param name="stopping">No attempt begins after it.</param>
    /// <param name="cancellationToken">Cancels the attempt in progress.</param>
    /// <returns>The last attempt's result, and how many attempts there were.</returns>
    /// <exception cref="HostFailedException">The host has stopped restarting the app.</exception>
    public async Task<(InvocationResult Result, int Attempts)> RunAsync(
        FunctionCall call, CancellationToken stopping, CancellationToken cancellationToken)
    {
        var policy = (await workers.ReadyAsync(cancellationToken)).Functions[call.Function].Retry;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        string? failure = null;
        for (var retry = 0; ; retry++)
        {
            either.Token.ThrowIfCancellationRequested();
            var result = await invoker.InvokeAsync(call, retry, failure, cancellationToken);
            if (result.Succeeded || policy?.Allows(retry + 1) != true) return (result, retry + 1);

            failure = result.Failure;
            await Task.Delay(policy.Wait(retry + 1) * options.RetryIntervalFactor, options.Time, either.Token);
        }
    }
}
