using Changeling.Counts;

namespace Changeling.Rarity;

/// <summary>
/// How surprising one lineage is, from the launches before it in the whole fleet (docs/decisions/0007). Let n be the launches of child c by
/// parent P, N the launches and D the distinct children of P. The expected launches are
/// <c>m = max(n − d, 0) + d·ι·(D + 1) + κ·prior(P, c) + κ′·prior(c | class of P)</c>.
/// The terms are the observed launches, the new children of a parent with so many children, and the shipped prior. Then
/// <c>surprise = log₁₀(1 / m) + λ·log₁₀((N + 1) / m)</c>: rare in the fleet, and rare for its parent. Pure.
/// </summary>
public static class RarityEstimator
{
    /// <summary>Rates a child before its launch is counted.</summary>
    /// <param name="history">The parent's launches so far in this event partition, advanced to the event's clock day.</param>
    /// <param name="others">The parent's launches in the other partitions, as of their last snapshots.</param>
    /// <param name="parentClass">The parent's class.</param>
    /// <param name="child">Folded name of the child.</param>
    /// <param name="prior">The shipped prior.</param>
    /// <param name="calibration">Converts a surprise into a share.</param>
    /// <param name="confidence">How reliable the parent's history is, if that is known.</param>
    public static RarityRating Rate(
        ParentHistory history, FleetParent others, ParentClass parentClass, string child, Prior prior, ICalibration calibration,
        HistoryConfidence? confidence = null)
    {
        var constants = prior.Constants;
        var (seen, elsewhere) = (history.Find(child), others.Find(child));
        var childCount = (seen?.Count.Launches ?? 0) + (elsewhere?.Launches.Launches ?? 0);
        var (parentCount, distinct, parentFirstSeen) = InFleet(history, others);

        var counted = Math.Max(childCount - constants.Discount, 0);
        var expected = counted
            + constants.Discount * constants.Innovation * (distinct + 1)
            + prior.Expected(new Lineage(history.Parent, child), parentClass);
        var surprise = -Math.Log10(expected) + constants.HabitWeight * Math.Max(0, Math.Log10((parentCount + 1) / expected));

        var share = calibration.ShareAtLeast(surprise);
        return new RarityRating
        {
            Score = Math.Clamp(25 * Math.Log10(1 / share), 0, 100),
            Surprise = surprise,
            Share = share,
            Lineage = new Lineage(history.Parent, child),
            ChildCount = childCount,
            ParentCount = parentCount,
            DistinctChildren = distinct,
            ChildFirstSeen = Earlier(seen?.FirstSeen, elsewhere?.FirstSeen),
            ParentFirstSeen = parentFirstSeen,
            PriorWeight = (expected - counted) / expected,
            Confidence = confidence,
        };
    }

    /// <summary>A parent's launches in the whole fleet.</summary>
    /// <param name="history">Those of this event partition.</param>
    /// <param name="others">Those of the other partitions, with the distinct children of all.</param>
    public static ParentCounts InFleet(ParentHistory history, FleetParent others)
    {
        var own = history.Counts;
        return new(
            own.Launches + others.Launches,
            Math.Max(own.DistinctChildren, others.DistinctChildren),
            Earlier(own.FirstSeen, others.FirstSeen));
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;
}
