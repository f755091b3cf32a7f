using Changeling.Hosting.Models;
using Changeling.Hosting.Observing;
using Changeling.Incidents;
using Changeling.Storing;

namespace Changeling.Hosting.Timers;

/// <summary>Gathers signals to incidents, and sends the messages that are not known to be sent.</summary>
/// <param name="gathering">The gathering.</param>
/// <param name="outbox">The messages that are committed and not yet sent.</param>
/// <param name="snapshots">The rules.</param>
/// <param name="metrics">The app's metrics.</param>
/// <param name="logger">Receives one line for each run.</param>
public sealed class IncidentHandler(
    IncidentGathering gathering, IncidentOutbox outbox, ISnapshotSource snapshots, PipelineMetrics metrics, ILogger<IncidentHandler> logger)
{
    /// <summary>Handles one call of the timer.</summary>
    /// <exception cref="StoreUnavailableException">The store or the hub cannot be used now; the next call continues.</exception>
    public async Task HandleAsync(CancellationToken cancellationToken)
    {
        var snapshot = await snapshots.WaitAsync(cancellationToken);
        var outcome = await gathering.RunAsync(snapshot.Rules, cancellationToken);
        metrics.Gathered(outcome);
        var sent = await outbox.SendAsync(cancellationToken);
        metrics.SentAboutIncidents(sent);
        Log.IncidentsGathered(logger, outcome.Signals, outcome.Watched, outcome.Open, outcome.Messages, sent);
    }
}
