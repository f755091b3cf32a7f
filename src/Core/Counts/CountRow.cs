namespace Changeling.Counts;

/// <summary>
/// A decayed count of launches: of one child under its parent (row <c>parent|{parent}|{child}</c>), or of one child on one host or for one
/// user (<see cref="OccurrenceKind"/>).
/// </summary>
/// <param name="Name">
/// What is counted: folded name of the child, or the host or user; <see langword="null"/> for the row that further children share.
/// </param>
/// <param name="Count">Launches, as of <paramref name="Day"/>.</param>
/// <param name="Day">The clock day that the count stands at (<see cref="PartitionClock.Day"/>).</param>
/// <param name="FirstSeen">Event time of the earliest counted launch, UTC.</param>
/// <param name="LastSeen">Event time of the latest counted launch, UTC.</param>
public sealed record CountRow(string? Name, LaunchCount Count, int Day, DateTimeOffset FirstSeen, DateTimeOffset LastSeen)
{
    /// <summary>The hosts of the launches on <see cref="Day"/>; empty where launches are not limited by host.</summary>
    public DayHosts Hosts { get; init; } = DayHosts.None;

    /// <summary>Whether this row holds all names beyond the parent's own rows.</summary>
    public bool IsShared => Name is null;

    /// <summary>The same row, decayed to a later day.</summary>
    public CountRow At(int day, HalfLife halfLife) =>
        day > Day ? this with { Count = halfLife.Decay(Count, day - Day), Day = day, Hosts = DayHosts.None } : this;

    /// <summary>The row with one more launch. A row that no longer counts starts again from zero, with a new first-seen time.</summary>
    public CountRow PlusOne(DateTimeOffset time) => Count.IsPresent
        ? this with { Count = Count.PlusOne(), FirstSeen = Min(FirstSeen, time), LastSeen = Max(LastSeen, time) }
        : this with { Count = LaunchCount.One, FirstSeen = time, LastSeen = time };

    /// <summary>
    /// The row after one launch on a host with a daily limit. Beyond the limit, the launch updates the last-seen time but is not counted.
    /// </summary>
    public CountRow PlusOne(DateTimeOffset time, string host, int mostPerHost)
    {
        var (hosts, counts) = Hosts.Take(host, mostPerHost);
        return counts
            ? PlusOne(time) with { Hosts = hosts }
            : this with { FirstSeen = Min(FirstSeen, time), LastSeen = Max(LastSeen, time) };
    }

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
