namespace Changeling.Counts;

/// <summary>
/// The only "now" of decay, windows and learning: the highest enqueued time of an event partition up to an event. Never
/// the wall clock and never the endpoint's clock, so that replaying a batch gives the same time again.
/// </summary>
/// <param name="Now">Highest enqueued time so far, UTC.</param>
public readonly record struct PartitionClock(DateTimeOffset Now)
{
    /// <summary>Days since 1970-01-01 UTC.</summary>
    public int Day => (int)(Now.UtcTicks / TimeSpan.TicksPerDay - DateTimeOffset.UnixEpoch.Ticks / TimeSpan.TicksPerDay);

    /// <summary>Hours since 1970-01-01 UTC.</summary>
    public int Hour => (int)Math.Floor((Now - DateTimeOffset.UnixEpoch).TotalHours);

    /// <summary>The clock after a message: it only moves forward.</summary>
    public PartitionClock After(DateTimeOffset enqueuedTime) => enqueuedTime > Now ? new(enqueuedTime.ToUniversalTime()) : this;
}
