using Changeling.Counts;

namespace Changeling.Storing;

/// <summary>
/// The operations that sweeping needs. Table partitions are named by their keys here: sweeping never needs to know whose rows they are.
/// Every call may be repeated, and all throw <see cref="StoreUnavailableException"/> when the store cannot be used now.
/// </summary>
public interface ISweepStore
{
    /// <summary>The table partitions of one baseline. One small request each, whatever they hold.</summary>
    Task<IReadOnlyList<string>> PartitionsAsync(string baseline, CancellationToken cancellationToken);

    /// <summary>How far the partition's clock and its sweep are; <see langword="null"/> before the first commit. Two point reads.</summary>
    Task<SweepState?> ReadStateAsync(string partition, CancellationToken cancellationToken);

    /// <summary>Reads the next rows in order of key, at most 1,000, without the bodies of detections.</summary>
    /// <param name="partition">The table partition.</param>
    /// <param name="after">Key of the last row read; <see langword="null"/> to begin.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<SweepPage> ReadPageAsync(string partition, string? after, CancellationToken cancellationToken);

    /// <summary>Deletes rows, each only if it is still as it was read.</summary>
    /// <returns>Number of rows that this call deleted, and number of requests.</returns>
    Task<(int Deleted, int Requests)> DeleteAsync(string partition, IReadOnlyList<SweepRow> rows, CancellationToken cancellationToken);

    /// <summary>Stores the progress of the sweep. The write is not protected: if it is lost, some rows are read again.</summary>
    Task SaveProgressAsync(string partition, SweepProgress progress, CancellationToken cancellationToken);
}

/// <summary>The clock and sweep progress of a table partition.</summary>
/// <param name="Clock">Its partition clock: the watermark's highest enqueued time.</param>
/// <param name="Progress">The last note; <see langword="null"/> when there is none.</param>
public sealed record SweepState(PartitionClock Clock, SweepProgress? Progress);

/// <summary>A note of how far a sweep is.</summary>
/// <param name="Day">The clock day that the sweep is for.</param>
/// <param name="After">Key of the last row looked at; <see langword="null"/> when the day's sweep is done.</param>
public sealed record SweepProgress(int Day, string? After);

/// <summary>One page of rows.</summary>
/// <param name="Rows">In order of key; rows of kinds that are never swept are left out.</param>
/// <param name="Last">Where to continue; <see langword="null"/> at the end of the partition.</param>
public sealed record SweepPage(IReadOnlyList<SweepRow> Rows, string? Last);

/// <summary>
/// A row with the fields that sweeping needs: a launch row, an occurrence, a detection, signals, a sum or a quota; or a row or a sent
/// message of incidents.
/// </summary>
/// <param name="Key">The row's key.</param>
/// <param name="Version">Its row version when it was read: if the row was written since, it is not deleted.</param>
/// <param name="Launch">The launch row or occurrence, if it is one.</param>
/// <param name="DetectedAt">
/// Enqueued time of the detection's message, if it is one and has this time. Of incidents, the time of the message, or when the row was
/// last written, by the clock of incidents.
/// </param>
public sealed record SweepRow(string Key, string Version, CountRow? Launch, DateTimeOffset? DetectedAt)
{
    /// <summary>Enqueued time of the last of the signals, if it is a row of them.</summary>
    public DateTimeOffset? SignalsAt { get; init; }

    /// <summary>The window of the sum, if it is one.</summary>
    public ClockWindow? Window { get; init; }

    /// <summary>The clock hour of the quota, if it is one.</summary>
    public int? QuotaHour { get; init; }
}
