using Changeling.Hosting.Timers;
using Microsoft.Azure.Functions.Worker;

namespace Changeling.Functions;

/// <summary>Gathers launches of all event partitions to incidents, and sends them.</summary>
/// <param name="handler">The gathering.</param>
public sealed class GatherIncidents(IncidentHandler handler)
{
    /// <summary>
    /// Called every minute, so that a step waits half a minute on average; half a minute away from the other timers. A call that fails is
    /// not retried: the next one is as soon.
    /// </summary>
    [Function(nameof(GatherIncidents))]
    public Task RunAsync([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        handler.HandleAsync(cancellationToken);
}
