namespace Changeling.Baseline;

/// <summary>
/// The estimator of design.md, Rarity: with n_c launches of child c, N in all, D = Σ min(n_c, d) and prior q(c | P),
/// p(c | P) = (max(n_c − d, 0) + (θ + D) · q(c | P)) / (N + θ), and surprise = −log₁₀ p-value. Launches in the shared row
/// belong to no name, so all of them count as discounted mass. Pure.
/// </summary>
public static class RarityEstimator
{
    /// <summary>Two probabilities that differ by rounding only are equally likely.</summary>
    private const double Rounding = 1 + 1e-9;

    /// <summary>Rates a child before its launch is counted.</summary>
    /// <param name="history">The parent's launches so far, advanced to the event's clock day.</param>
    /// <param name="parentClass">The parent's class.</param>
    /// <param name="child">Folded name of the child.</param>
    /// <param name="prior">The shipped prior with its calibration.</param>
    public static Rarity Rate(ParentHistory history, ParentClass parentClass, string child, Prior prior)
    {
        var (d, strength) = prior.Constants;
        var q = prior.Of(history.Parent, parentClass);

        double launches = history.Shared.Launches, discounted = launches;
        DateTimeOffset? parentFirstSeen = null;
        var distinct = 0;
        foreach (var row in history.Children)
        {
            launches += row.Count.Launches;
            discounted += Math.Min(row.Count.Launches, d);
            if (parentFirstSeen is null || row.FirstSeen < parentFirstSeen) parentFirstSeen = row.FirstSeen;
            distinct++;
        }

        var spread = (strength + discounted) / (launches + strength);
        double Own(LaunchRow row) => Math.Max(row.Count.Launches - d, 0) / (launches + strength);

        var seen = history.Find(child);
        var probability = (seen is null ? 0 : Own(seen)) + spread * q.Of(child);
        var pValue = spread * q.Tail;
        if (probability > 0)
        {
            // All names of the prior that are so unlikely, as if none had been seen here …
            var bound = probability * Rounding;
            pValue += spread * q.SumAtMost(bound / spread);
            foreach (var row in history.Children)
            {
                // … put right for those that have.
                var fromPrior = spread * q.Of(row.Child!);
                if (fromPrior <= bound) pValue -= fromPrior;
                if (Own(row) + fromPrior <= bound) pValue += Own(row) + fromPrior;
            }
        }

        pValue = Math.Clamp(pValue, double.Epsilon, 1);
        var share = prior.Calibration.ShareAtLeast(-Math.Log10(pValue));
        return new Rarity
        {
            Score = Math.Min(100, 25 * Math.Log10(1 / share)),
            PValue = pValue,
            Share = share,
            Lineage = new Lineage(history.Parent, child),
            ChildCount = seen?.Count.Launches ?? 0,
            ParentCount = launches,
            DistinctChildren = distinct,
            ChildFirstSeen = seen?.FirstSeen,
            ParentFirstSeen = parentFirstSeen,
            PriorWeight = spread,
        };
    }
}
