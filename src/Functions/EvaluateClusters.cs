using Changeling.Hosting.Timers;
using Microsoft.Azure.Functions.Worker;

namespace Changeling.Functions;

/// <summary>Evaluates the cluster rules, which need the counts of all event partitions.</summary>
/// <param name="handler">The evaluation.</param>
public sealed class EvaluateClusters(ClusterHandler handler)
{
    /// <summary>Called every five minutes.</summary>
    [Function(nameof(EvaluateClusters))]
    [ExponentialBackoffRetry(-1, "00:00:05", "00:02:00")]
    public Task RunAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        handler.HandleAsync(cancellationToken);
}
