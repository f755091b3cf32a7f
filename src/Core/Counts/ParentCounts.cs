namespace Changeling.Counts;

/// <summary>One parent's launches in sum.</summary>
/// <param name="Launches">Decayed launches, those of the shared row included.</param>
/// <param name="DistinctChildren">Children that count with a row of their own; all names in the shared row together are one more.</param>
/// <param name="FirstSeen">The earliest first launch of any child with a row of its own, event time.</param>
public readonly record struct ParentCounts(double Launches, int DistinctChildren, DateTimeOffset? FirstSeen);
