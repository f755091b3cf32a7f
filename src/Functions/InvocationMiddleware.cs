using Changeling.Hosting.Invocations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Changeling.Functions;

/// <summary>
/// Runs around every invocation: counts it as in progress, and makes sure that only messages without event content reach the host when it
/// fails.
/// </summary>
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
