using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Storing;

/// <summary>
/// The operations that incidents need: the signals of all event partitions, the findings of the cluster rules, and a table partition of
/// their own, <c>{baseline}:incidents</c>, guarded by its state row. All calls throw <see cref="StoreUnavailableException"/> when the store
/// cannot be used now.
/// </summary>
public interface IIncidentStore
{
    /// <summary>The event partitions of a baseline with their watermarks. One small request or two each.</summary>
    Task<IReadOnlyList<(string Partition, Watermark Watermark)>> PartitionsAsync(string baseline, CancellationToken cancellationToken);

    /// <summary>The rows of signals of one event partition behind a position, in order of position. One range query.</summary>
    /// <param name="partition">The partition, as <see cref="PartitionsAsync"/> names it.</param>
    /// <param name="after">The last row that was read; <see langword="null"/> to begin.</param>
    /// <param name="most">Maximum number of rows, at most 1,000.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<IReadOnlyList<StoredSignals>> SignalsAsync(
        string partition, Position? after, int most, CancellationToken cancellationToken);

    /// <summary>
    /// The findings of the cluster rules of completely evaluated windows, in order of window, without suppressed ones. One range query, and
    /// one row to know how far windows are evaluated.
    /// </summary>
    /// <param name="baseline">The set of counts.</param>
    /// <param name="after">The last window that was read; <see langword="null"/> to begin.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The last window that is completely evaluated, and the findings up to it.</returns>
    Task<(ClockWindow? Evaluated, IReadOnlyList<ClusterDetection> Found)> ClustersAsync(
        string baseline, ClockWindow? after, CancellationToken cancellationToken);

    /// <summary>
    /// How far the signals are gathered, with the row version that guards the next step; <see langword="null"/> before the first.
    /// </summary>
    Task<(IncidentState State, string Version)?> ReadStateAsync(string baseline, CancellationToken cancellationToken);

    /// <summary>All rows of <see cref="IncidentRow"/>. One range query.</summary>
    Task<IReadOnlyList<IncidentRow>> ReadRowsAsync(string baseline, CancellationToken cancellationToken);

    /// <summary>Stores one step in one transaction, guarded by the state's row version.</summary>
    /// <returns>
    /// The new row version; <see langword="null"/> when another run committed first or the answer was lost, so that the result is unknown.
    /// </returns>
    Task<string?> CommitAsync(string baseline, IncidentStep change, CancellationToken cancellationToken);

    /// <summary>The messages that are not marked as sent, in order of their numbers.</summary>
    Task<IReadOnlyList<IncidentMessage>> UnsentAsync(string baseline, int most, CancellationToken cancellationToken);

    /// <summary>Marks messages as sent. Safe to repeat. Until then the sweep keeps a message, however old it is.</summary>
    Task MarkSentAsync(string baseline, IReadOnlyList<IncidentMessage> messages, CancellationToken cancellationToken);
}

/// <summary>How far the signals are gathered.</summary>
/// <param name="Partitions">Event partition, as <see cref="IIncidentStore.PartitionsAsync"/> names it → what was read of it.</param>
/// <param name="Clusters">The last window of the cluster rules that was read; <see langword="null"/> for none.</param>
/// <param name="Clock">The clock of incidents, UTC: never runs backwards, and only it closes incidents.</param>
/// <param name="Messages">Number of messages so far: the number of the next one.</param>
public sealed record IncidentState(
    IReadOnlyDictionary<string, SignalsRead> Partitions, ClockWindow? Clusters, DateTimeOffset Clock, long Messages);

/// <summary>What was read of one event partition.</summary>
/// <param name="Last">The last row that was read completely; <see langword="null"/> for none.</param>
/// <param name="Taken">Number of signals that were taken from the row after it, because a step was full.</param>
/// <param name="Since">
/// When the partition began (<see cref="Watermark.LearningSince"/>). After a reset this is later, the positions can begin again, and the
/// partition is read from the start.
/// </param>
public sealed record SignalsRead(Position? Last, int Taken, DateTimeOffset Since);

/// <summary>
/// A row that incidents remember: an incident, or a part of what this fleet does every night. A row that is not written any more is deleted
/// by the sweep, after the retention of detections by the clock of incidents.
/// </summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Name">Its name: letters <c>a–z</c>, digits and <c>-</c>, at most 64.</param>
/// <param name="Body">UTF-8 JSON or binary, at most <see cref="MaxBytes"/>; empty to delete the row.</param>
public sealed record IncidentRow(IncidentRowKind Kind, string Name, ReadOnlyMemory<byte> Body)
{
    /// <summary>Maximum size of the body in bytes. A store keeps it in several properties.</summary>
    public const int MaxBytes = 240 * 1024;
}

/// <summary>Kinds of rows.</summary>
public enum IncidentRowKind
{
    /// <summary>An incident, also one that is still being watched and was never sent.</summary>
    Incident,

    /// <summary>What this fleet does every night.</summary>
    Habits,
}

/// <summary>One step: stored together or not at all.</summary>
/// <param name="ExpectedVersion">Row version of the state that it was decided on; <see langword="null"/> for the first.</param>
/// <param name="Next">The state after it.</param>
/// <param name="Rows">Changed rows, each once.</param>
/// <param name="Messages">New messages, each once.</param>
/// <remarks>At most <see cref="BaselineCommit.MaxRows"/> rows besides the state, and <see cref="MaxBytes"/> of bodies.</remarks>
public sealed record IncidentStep(
    string? ExpectedVersion, IncidentState Next, IReadOnlyList<IncidentRow> Rows, IReadOnlyList<IncidentMessage> Messages)
{
    /// <summary>Maximum size of all bodies of a step in bytes: encoded, they stay below the 4 MiB of a transaction.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;
}

/// <summary>A state of an incident that is sent: decided once, and always sent as these bytes.</summary>
/// <param name="Number">Its number among all messages: they are sent in this order.</param>
/// <param name="Time">The clock of incidents when it was decided, UTC: the age by which the row is swept.</param>
/// <param name="Body">UTF-8 JSON, at most <see cref="StoredDetection.MaxBytes"/>.</param>
public sealed record IncidentMessage(long Number, DateTimeOffset Time, ReadOnlyMemory<byte> Body);
