using Changeling.Counts;
using Changeling.Events;
using Changeling.Rarity;
using Changeling.Sources;
using Changeling.Storing;

namespace Changeling.Cli.Backtest.Checkpoints;

/// <summary>Where a run stands between two batches, but for the counts.</summary>
/// <param name="History">How far the files are read.</param>
/// <param name="From">The clock at the first message.</param>
/// <param name="To">The clock at the last.</param>
/// <param name="RefreshAt">When the fleet view is refreshed next.</param>
/// <param name="Waiting">Messages that were read and not sent.</param>
/// <param name="Health">What the sources delivered.</param>
/// <param name="Findings">What was found.</param>
/// <param name="OutputLength">Bytes of the file of detections.</param>
internal sealed record RunState(
    HistoryState History,
    DateTimeOffset From,
    DateTimeOffset To,
    DateTimeOffset RefreshAt,
    IReadOnlyList<WaitingMessage> Waiting,
    SourceHealthReport Health,
    FindingsState Findings,
    long OutputLength);

/// <summary>How far a history is read.</summary>
internal sealed record HistoryState(
    int File, ValuePlace Place, DateTimeOffset Clock, IReadOnlyDictionary<string, long> SequenceNumbers, long Count, long Bytes, int LateEvents);

/// <summary>A message that was read and not sent.</summary>
internal sealed record WaitingMessage(string Partition, long SequenceNumber, DateTimeOffset EnqueuedTime, byte[] Body);

/// <summary>What was found so far; steps of the truth stand as their identity.</summary>
internal sealed record FindingsState(
    IReadOnlyList<DayState> Days,
    IReadOnlyList<string> Hosts,
    IReadOnlyList<string> Uids,
    IReadOnlyList<AlertState> Alerts,
    IReadOnlyList<CandidateState> Candidates,
    IReadOnlyList<SummedState> Summed,
    int Notes,
    long Records,
    long Launches);

/// <summary>One day's numbers.</summary>
internal sealed record DayState(DateOnly Date, int Launches, int NewLineages, int Alerts, int Notes, int FalseAlerts, IReadOnlyDictionary<string, int> Rules);

/// <summary>An <see cref="Alert"/>.</summary>
internal sealed record AlertState(DetectionReport Report, string? Step, ProcessEvent? Launch, DateTimeOffset Clock);

/// <summary>A <see cref="Candidate"/>.</summary>
internal sealed record CandidateState(double ModelThreshold, double RarityThreshold, string? Step, DateTimeOffset Clock);

/// <summary>The steps behind one sum of a window that is not evaluated yet.</summary>
internal sealed record SummedState(SumKey Sum, IReadOnlyList<string> Steps);

/// <summary>The partitions, the fleet view without its rows, and the rules on clusters.</summary>
internal sealed record CountsState(IReadOnlyList<string> Partitions, IReadOnlyList<FleetState> Fleet, ClusterTimerState? Clusters);

/// <summary>One partition in the fleet view.</summary>
internal sealed record FleetState(string Partition, SightingSnapshot Sightings);

/// <summary>How far the rules on clusters are.</summary>
internal sealed record ClusterTimerState(ClusterState State, IReadOnlyList<EntityHistory> Histories);
