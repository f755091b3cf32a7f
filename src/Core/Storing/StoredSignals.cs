using Changeling.Events;

namespace Changeling.Storing;

/// <summary>
/// Some launches of one chunk that may be steps of an attack, in one row. The row is part of the commit that decides the launches, so every
/// launch is in exactly one row, whatever fails.
/// </summary>
/// <param name="First">The position of the first launch: the row's key. Later rows have higher positions.</param>
/// <param name="EnqueuedTime">Enqueued time of the last launch's message, UTC: the age by which the row is swept.</param>
/// <param name="Body">UTF-8 JSON, at most <see cref="StoredDetection.MaxBytes"/>.</param>
public sealed record StoredSignals(Position First, DateTimeOffset EnqueuedTime, ReadOnlyMemory<byte> Body)
{
    /// <summary>How long a row is kept behind the partition clock. The timer reads it within minutes, unless it is down.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(48);
}
