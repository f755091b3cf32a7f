using Changeling.Backtest.Fleet;
using Changeling.Backtest.Gathering;
using Changeling.Backtest.Recordings;
using Changeling.Rarity;
using Changeling.Sources;

namespace Changeling.Backtest.Checkpoints;

/// <summary>The state of a run between two batches, without the counts.</summary>
/// <param name="History">The progress in the files.</param>
/// <param name="From">The clock at the first message.</param>
/// <param name="To">The clock at the last.</param>
/// <param name="RefreshAt">When the fleet view is refreshed next.</param>
/// <param name="GatherAt">When incidents are gathered next.</param>
/// <param name="Waiting">Messages that were read but not sent yet.</param>
/// <param name="Health">The health of the sources.</param>
/// <param name="Findings">The findings so far.</param>
/// <param name="Incidents">The incidents so far; none where they are not gathered.</param>
/// <param name="OutputLength">Length of the file of detections, in bytes.</param>
internal sealed record RunState(
    HistoryState History,
    DateTimeOffset From,
    DateTimeOffset To,
    DateTimeOffset RefreshAt,
    DateTimeOffset GatherAt,
    IReadOnlyList<WaitingMessage> Waiting,
    SourceHealthReport Health,
    FindingsState Findings,
    IReadOnlyList<GatheredIncidentState> Incidents,
    long OutputLength);

/// <summary>A message that was read but not sent yet.</summary>
internal sealed record WaitingMessage(string Partition, long SequenceNumber, DateTimeOffset EnqueuedTime, byte[] Body);

/// <summary>The partitions, the fleet view without its rows, the rules on clusters, and the incidents.</summary>
internal sealed record CountsState(
    IReadOnlyList<string> Partitions, IReadOnlyList<FleetState> Fleet, ClusterTimerState? Clusters, IncidentTimerState? Incidents);

/// <summary>One partition in the fleet view.</summary>
internal sealed record FleetState(string Partition, OccurrenceSnapshot Occurrences);
