namespace Changeling.Counts;

/// <summary>
/// What one host may add to a lineage that is rare for its parent. If a child already makes up a large part of its parent's launches, every
/// launch counts. Otherwise small fleets would never collect a history.
/// </summary>
/// <param name="MaxPerDay">Launches of one lineage, host and day that count; 0 for all.</param>
/// <param name="BelowPercent">The limit holds for lineages below so many per cent of their parent's launches.</param>
public readonly record struct HostLimit(int MaxPerDay, int BelowPercent)
{
    /// <summary>Whether a launch is limited.</summary>
    /// <param name="lineage">The lineage's units so far.</param>
    /// <param name="parent">The parent's units so far.</param>
    public bool AppliesTo(long lineage, long parent) => MaxPerDay > 0 && (Int128)lineage * 100 < (Int128)parent * BelowPercent;
}
