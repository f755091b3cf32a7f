using Changeling.Hosting.Batches;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Changeling.Functions;

/// <summary>Limits how many batches are decoded and processed at the same time. The others wait as undecoded bytes.</summary>
internal sealed class BatchGateMiddleware(BatchGate gate) : IFunctionsWorkerMiddleware
{
    /// <summary>Whether an invocation carries a batch.</summary>
    public static bool IsBatch(FunctionContext context) => context.FunctionDefinition.Name == nameof(ScoreTelemetry);

    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        using var place = await gate.EnterAsync(context.CancellationToken);
        await next(context);
    }
}
