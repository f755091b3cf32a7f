namespace Changeling.Counts;

/// <summary>
/// Counts of one exception, in one event partition or for clusters: the row <c>exception|{id}</c> of that table partition. It changes in
/// the transaction of the events or windows that were checked against it, so that a repetition counts nothing twice. It is never swept.
/// </summary>
/// <param name="Id">The exception's id; the row stays when the exception is gone.</param>
/// <param name="Hits">
/// Launches and clusters of which it suppressed a detection, and launches that it kept out of the sums of the cluster rules.
/// </param>
/// <param name="LastHit">Latest enqueued time of those, or end of a cluster's window, UTC.</param>
/// <param name="NearMisses">
/// Launches and clusters with a detection that was sent because the exception differed in exactly one condition.
/// </param>
/// <param name="LastNearMiss">Latest enqueued time, or window end, of the near misses, UTC.</param>
public sealed record ExceptionCount(string Id, long Hits, DateTimeOffset? LastHit, long NearMisses, DateTimeOffset? LastNearMiss)
{
    /// <summary>Nothing yet.</summary>
    public static ExceptionCount None(string id) => new(id, 0, null, 0, null);

    /// <summary>The counts with one more hit.</summary>
    public ExceptionCount PlusHit(DateTimeOffset time) => this with { Hits = Hits + 1, LastHit = Later(LastHit, time) };

    /// <summary>The counts with one more near miss.</summary>
    public ExceptionCount PlusNearMiss(DateTimeOffset time) =>
        this with { NearMisses = NearMisses + 1, LastNearMiss = Later(LastNearMiss, time) };

    /// <summary>The counts of two partitions together.</summary>
    public ExceptionCount Plus(ExceptionCount other) => new(
        Id, Hits + other.Hits, Later(LastHit, other.LastHit), NearMisses + other.NearMisses, Later(LastNearMiss, other.LastNearMiss));

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;
}
