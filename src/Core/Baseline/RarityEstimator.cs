namespace Changeling.Baseline;

/// <summary>
/// How surprising one lineage is, from the launches before it (docs/decisions/0007). With n launches of child c by parent P, N
/// launches and D distinct children of P, the launches to be expected are
/// <c>m = max(n − d, 0) + d·ι·(D + 1) + κ·prior(P, c) + κ′·prior(c | class of P)</c>:
/// what was seen, what a parent of so many children would start anew, and what the shipped prior knows. Then
/// <c>surprise = log₁₀(1 / m) + λ·log₁₀((N + 1) / m)</c>: seldom in the fleet, and seldom for its parent. Pure.
/// </summary>
public static class RarityEstimator
{
    /// <summary>Rates a child before its launch is counted.</summary>
    /// <param name="history">The parent's launches so far, advanced to the event's clock day.</param>
    /// <param name="parentClass">The parent's class.</param>
    /// <param name="child">Folded name of the child.</param>
    /// <param name="prior">The shipped prior.</param>
    /// <param name="calibration">What a surprise is worth.</param>
    public static Rarity Rate(ParentHistory history, ParentClass parentClass, string child, Prior prior, ICalibration calibration)
    {
        var constants = prior.Constants;
        var counts = history.Counts;
        var seen = history.Find(child);

        var counted = Math.Max((seen?.Count.Launches ?? 0) - constants.Discount, 0);
        var expected = counted
            + constants.Discount * constants.Innovation * (counts.DistinctChildren + 1)
            + prior.Expected(new Lineage(history.Parent, child), parentClass);
        var surprise = -Math.Log10(expected) + constants.HabitWeight * Math.Max(0, Math.Log10((counts.Launches + 1) / expected));

        var share = calibration.ShareAtLeast(surprise);
        return new Rarity
        {
            Score = Math.Clamp(25 * Math.Log10(1 / share), 0, 100),
            Surprise = surprise,
            Share = share,
            Lineage = new Lineage(history.Parent, child),
            ChildCount = seen?.Count.Launches ?? 0,
            ParentCount = counts.Launches,
            DistinctChildren = counts.DistinctChildren,
            ChildFirstSeen = seen?.FirstSeen,
            ParentFirstSeen = counts.FirstSeen,
            PriorWeight = (expected - counted) / expected,
        };
    }
}
