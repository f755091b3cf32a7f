using Changeling.Clusters;
using Changeling.Hosting.Models;
using Changeling.Hosting.Observing;
using Changeling.Storing;

namespace Changeling.Hosting.Timers;

/// <summary>Evaluates the windows that closed, and sends the cluster detections that are not known to be sent.</summary>
/// <param name="evaluation">The cluster rules.</param>
/// <param name="outbox">The detections that are committed and not yet sent.</param>
/// <param name="snapshots">Rules and exceptions.</param>
/// <param name="metrics">The app's metrics.</param>
/// <param name="logger">Receives one line for each run.</param>
public sealed class ClusterHandler(
    ClusterEvaluation evaluation, ClusterOutbox outbox, ISnapshotSource snapshots, PipelineMetrics metrics, ILogger<ClusterHandler> logger)
{
    /// <summary>Handles one call of the timer.</summary>
    /// <exception cref="StoreUnavailableException">The store or the hub cannot be used now; the next call continues.</exception>
    public async Task HandleAsync(CancellationToken cancellationToken)
    {
        var snapshot = await snapshots.WaitAsync(cancellationToken);
        var outcome = await evaluation.RunAsync(snapshot.Rules, snapshot.Exceptions, cancellationToken);
        metrics.Suppressed(outcome.Suppressed);
        var sent = await outbox.SendAsync(cancellationToken);
        Log.ClustersEvaluated(logger, outcome.Windows, outcome.Entities, outcome.Detections, outcome.Suppressed.Values.Sum(), sent);
    }
}
