using Changeling.Counts;

namespace Changeling.Storing;

/// <summary>
/// The operations that the cluster rules need: the event partitions' sums, and a table partition of their own, guarded by its state row.
/// All calls throw <see cref="StoreUnavailableException"/> when the store cannot be used now.
/// </summary>
public interface IClusterStore
{
    /// <summary>The event partitions of a baseline with their watermarks. One small request or two each.</summary>
    Task<IReadOnlyList<(string Partition, Watermark Watermark)>> PartitionsAsync(string baseline, CancellationToken cancellationToken);

    /// <summary>
    /// The sums of one event partition, windows from <paramref name="first"/> to <paramref name="last"/>, both included. One range query.
    /// </summary>
    Task<IReadOnlyList<MaliciousSum>> SumsAsync(string partition, ClockWindow first, ClockWindow last, CancellationToken cancellationToken);

    /// <summary>
    /// How far the windows are evaluated, with the row version that guards the next step; <see langword="null"/> before the first.
    /// </summary>
    Task<(ClusterState State, string Version)?> ReadStateAsync(string baseline, CancellationToken cancellationToken);

    /// <summary>An entity's history; <see langword="null"/> when there is none.</summary>
    Task<EntityHistory?> ReadHistoryAsync(string baseline, ClusterKind kind, string entity, CancellationToken cancellationToken);

    /// <summary>The count of an exception for clusters; <see langword="null"/> if there is none.</summary>
    Task<ExceptionCount?> ReadExceptionAsync(string baseline, string id, CancellationToken cancellationToken);

    /// <summary>Stores one step in one transaction, guarded by the state's row version.</summary>
    /// <returns>
    /// The new row version; <see langword="null"/> when another run committed first or the answer was lost, so that the result is unknown.
    /// </returns>
    Task<string?> CommitAsync(string baseline, ClusterStep change, CancellationToken cancellationToken);

    /// <summary>The detections that are not marked as emitted, oldest first; never a suppressed one.</summary>
    Task<IReadOnlyList<ClusterDetection>> UnemittedAsync(string baseline, int most, CancellationToken cancellationToken);

    /// <summary>Marks detections as emitted. Safe to repeat.</summary>
    Task MarkEmittedAsync(string baseline, IReadOnlyList<ClusterDetection> detections, CancellationToken cancellationToken);
}

/// <summary>How far the windows are evaluated.</summary>
/// <param name="Window">The window that is being evaluated, or the last one evaluated.</param>
/// <param name="After">
/// The entity up to which that window is done, in ordinal order of <see cref="EntityHistory.Name"/>; <see langword="null"/> when all of it
/// is.
/// </param>
/// <param name="Since">Start of the first window ever evaluated, UTC: histories begin here.</param>
public sealed record ClusterState(ClockWindow Window, string? After, ClockWindow Since)
{
    /// <summary>The last window that is completely evaluated.</summary>
    public ClockWindow Evaluated => After is null ? Window : new ClockWindow(Window.Number - 1);
}

/// <summary>One step: some entities of one window. At most <see cref="BaselineCommit.MaxRows"/> rows besides the state.</summary>
/// <param name="ExpectedVersion">Row version of the state that it was decided on; <see langword="null"/> for the first.</param>
/// <param name="Next">The state after it.</param>
/// <param name="Histories">Changed histories, each once.</param>
/// <param name="Detections">New detections, each once.</param>
public sealed record ClusterStep(
    string? ExpectedVersion, ClusterState Next, IReadOnlyList<EntityHistory> Histories, IReadOnlyList<ClusterDetection> Detections)
{
    /// <summary>Changed counts of exceptions; each once.</summary>
    public IReadOnlyList<ExceptionCount> Exceptions { get; init; } = [];
}

/// <summary>A detection of a cluster rule, as stored, and emitted unless it is suppressed.</summary>
/// <param name="Window">The window that it is about.</param>
/// <param name="RuleId">The rule.</param>
/// <param name="Entity">The entity's name.</param>
/// <param name="Body">UTF-8 JSON, at most <see cref="StoredDetection.MaxBytes"/>.</param>
public sealed record ClusterDetection(ClockWindow Window, string RuleId, string Entity, ReadOnlyMemory<byte> Body)
{
    /// <summary>Whether an exception suppressed it: then it is stored and never sent.</summary>
    public bool IsSuppressed { get; init; }
}
