using System.Diagnostics;
using Changeling.HostStandIn.Contract;
using Changeling.HostStandIn.Workers;

namespace Changeling.HostStandIn.Invoking;

/// <summary>One call of a function: id, trace and input are the same in each attempt.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Input">The data from its trigger.</param>
internal sealed record FunctionCall(string Function, ICallInput Input)
{
    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();

    public Guid Id { get; } = Ids.New();

    /// <summary>The W3C trace context of one attempt.</summary>
    public string NextTraceParent() => $"00-{_trace.ToHexString()}-{ActivitySpanId.CreateRandom().ToHexString()}-01";

    /// <summary>The request of one attempt.</summary>
    /// <param name="function">The function, as the worker that gets the request has loaded it.</param>
    /// <param name="traceParent">From <see cref="NextTraceParent"/>. The worker fails without a trace context.</param>
    /// <param name="retryCount">0 at the first attempt.</param>
    /// <param name="failure">Why the previous attempt failed.</param>
    public InvocationRequest Request(LoadedFunction function, string traceParent, int retryCount, string? failure)
    {
        var request = new InvocationRequest
        {
            InvocationId = Id.ToString(),
            FunctionId = function.Id,
            TraceContext = new RpcTraceContext { TraceParent = traceParent },
        };
        Input.Fill(request, function.Trigger.Name);
        if (function.Retry is not { } policy) return request;

        request.RetryContext = new RetryContext { RetryCount = retryCount, MaxRetryCount = policy.MaxRetryCount };
        if (failure is not null) request.RetryContext.Exception = new RpcException { Message = failure };
        return request;
    }
}
