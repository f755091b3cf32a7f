using Changeling.Hosting.Invocations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Changeling.Functions;

/// <summary>Around every invocation: counts it as in progress, and lets only sentences of ours reach the host when it fails.</summary>
internal sealed class InvocationMiddleware(InvocationsInFlight invocations, InvocationFailures failures) : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        using var invocation = invocations.Enter();
        try
        {
            await next(context);
        }
        catch (Exception exception)
        {
            throw failures.Note(context.FunctionDefinition.Name, exception, context.CancellationToken);
        }
    }
}
