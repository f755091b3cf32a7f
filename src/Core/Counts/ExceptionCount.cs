namespace Changeling.Counts;

/// <summary>
/// What one exception did in one event partition, or to clusters: the row <c>exception|{id}</c> of that table partition. Changed in the
/// transaction of the events or windows that it was asked about, so that a repetition counts nothing twice; never swept.
/// </summary>
/// <param name="Id">The exception's id; the row stays when the exception is gone.</param>
/// <param name="Hits">
/// Launches and clusters of which it suppressed a detection, and launches that it kept out of the sums of the cluster rules.
/// </param>
/// <param name="LastHit">Latest enqueued time of those, or end of a cluster's window, UTC.</param>
/// <param name="NearMisses">Launches and clusters with a detection that went because the exception differed in one thing.</param>
/// <param name="LastNearMiss">The same of these.</param>
public sealed record ExceptionCount(string Id, long Hits, DateTimeOffset? LastHit, long NearMisses, DateTimeOffset? LastNearMiss)
{
    /// <summary>Nothing yet.</summary>
    public static ExceptionCount None(string id) => new(id, 0, null, 0, null);

    /// <summary>The same with one hit more.</summary>
    public ExceptionCount PlusHit(DateTimeOffset time) => this with { Hits = Hits + 1, LastHit = Later(LastHit, time) };

    /// <summary>The same with one near miss more.</summary>
    public ExceptionCount PlusNearMiss(DateTimeOffset time) =>
        this with { NearMisses = NearMisses + 1, LastNearMiss = Later(LastNearMiss, time) };

    /// <summary>The counts of two partitions together.</summary>
    public ExceptionCount Plus(ExceptionCount other) => new(
        Id, Hits + other.Hits, Later(LastHit, other.LastHit), NearMisses + other.NearMisses, Later(LastNearMiss, other.LastNearMiss));

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;
}
