using Changeling.HostStandIn.Contract;

namespace Changeling.HostStandIn.Workers;

/// <summary>A function as the worker describes it.</summary>
/// <param name="Id">The id by which the worker knows the function.</param>
/// <param name="Name">Its name.</param>
/// <param name="Trigger">What starts it.</param>
/// <param name="Retry">What the host does after a failure; null for nothing.</param>
internal sealed record LoadedFunction(string Id, string Name, TriggerBinding Trigger, RetryPolicy? Retry)
{
    /// <summary>Reads the worker's description.</summary>
    /// <exception cref="HostFailedException">It has no trigger, or a retry strategy that the host does not know.</exception>
    public static LoadedFunction From(RpcFunctionMetadata metadata) => new(
        metadata.FunctionId,
        metadata.Name,
        TriggerBinding.Read(metadata.Name, metadata.RawBindings),
        metadata.RetryOptions is { } options ? RetryPolicy.From(metadata.Name, options) : null);
}
