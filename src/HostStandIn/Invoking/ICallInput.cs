using Changeling.Events;
using Changeling.HostStandIn.Contract;

namespace Changeling.HostStandIn.Invoking;

/// <summary>The data from a trigger: events, or a timer's tick.</summary>
internal interface ICallInput
{
    /// <summary>The batch; null with a timer.</summary>
    EventBatch? Batch { get; }

    /// <summary>Writes input data and trigger metadata into a request; called for each attempt.</summary>
    /// <param name="request">The request.</param>
    /// <param name="binding">The trigger's parameter name.</param>
    void Fill(InvocationRequest request, string binding);
}
