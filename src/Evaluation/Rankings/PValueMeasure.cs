using Changeling.Rarity;

namespace Changeling.Evaluation.Rankings;

/// <summary>
/// The p-value of the first estimator. With n launches of a child, N in all, D = Σ min(n, d) and a prior q:
/// <c>p = (max(n − d, 0) + (θ + D)·q) / (N + θ)</c>. The surprise is −log₁₀ of the mass of everything at most as likely.
/// </summary>
/// <param name="name">As it stands in tables.</param>
/// <param name="backOff">The prior q for a parent of a class.</param>
internal sealed class PValueMeasure(string name, Func<string, ParentClass, Likelihoods> backOff) : IRarityMeasure
{
    /// <summary>Two probabilities that differ by rounding only are equally likely.</summary>
    private const double Rounding = 1 + 1e-9;

    private readonly Dictionary<(string, ParentClass), Likelihoods> _known = [];

    public string Name => name;

    public double Surprise(Look look)
    {
        var q = Of(look.History.Parent, look.ParentClass);
        double launches = look.History.Shared.Launches, discounted = launches;
        foreach (var row in look.History.Children)
        {
            launches += row.Count.Launches;
            discounted += Math.Min(row.Count.Launches, Likelihoods.Discount);
        }

        var spread = (Likelihoods.Strength + discounted) / (launches + Likelihoods.Strength);
        var probability = Own(look.ChildCount) + (spread * q.Of(look.Child));
        var mass = spread * q.Tail;
        if (probability > 0)
        {
            var bound = probability * Rounding;
            mass += spread * q.SumAtMost(bound / spread);
            foreach (var row in look.History.Children)
            {
                var fromPrior = spread * q.Of(row.Name!);
                if (fromPrior <= bound) mass -= fromPrior;
                if (Own(row.Count.Launches) + fromPrior <= bound) mass += Own(row.Count.Launches) + fromPrior;
            }
        }

        return -Math.Log10(Math.Clamp(mass, 1e-12, 1));

        double Own(double count) => Math.Max(count - Likelihoods.Discount, 0) / (launches + Likelihoods.Strength);
    }

    private Likelihoods Of(string parent, ParentClass parentClass)
    {
        if (!_known.TryGetValue((parent, parentClass), out var known)) _known[(parent, parentClass)] = known = backOff(parent, parentClass);
        return known;
    }
}
