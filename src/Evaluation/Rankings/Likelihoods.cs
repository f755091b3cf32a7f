namespace Changeling.Evaluation.Rankings;

/// <summary>The probabilities of children before any count: named children, and one value for all others.</summary>
internal sealed class Likelihoods
{
    /// <summary>d: launches that are subtracted from every count and reserved for children never seen.</summary>
    public const double Discount = 0.5;

    /// <summary>θ: weight of a level below, in launches.</summary>
    public const double Strength = 5;

    private readonly Dictionary<string, double> _probability;
    private readonly double[] _sorted;
    private readonly double[] _sums;

    private Likelihoods(Dictionary<string, double> probability, double tail)
    {
        (_probability, Tail) = (probability, tail);
        _sorted = [.. probability.Values.Order()];
        _sums = new double[_sorted.Length + 1];
        for (var i = 0; i < _sorted.Length; i++) _sums[i + 1] = _sums[i] + _sorted[i];
    }

    /// <summary>The probabilities without any named child.</summary>
    public static Likelihoods Nothing { get; } = new(new(StringComparer.Ordinal), 1);

    /// <summary>The probability that all unknown children share.</summary>
    public double Tail { get; }

    public double Of(string child) => _probability.GetValueOrDefault(child);

    /// <summary>The sum of the probabilities of all named children that are at most as likely.</summary>
    public double SumAtMost(double bound)
    {
        var (low, high) = (0, _sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_sorted[middle] <= bound) low = middle + 1;
            else high = middle;
        }

        return _sums[low];
    }

    /// <summary>The level above this one: discounted counts, with the rest distributed as on this level.</summary>
    public Likelihoods With(IReadOnlyDictionary<string, double> counts)
    {
        var launches = counts.Values.Sum();
        var spread = (Strength + counts.Values.Sum(n => Math.Min(n, Discount))) / (launches + Strength);
        var probability = _probability.ToDictionary(q => q.Key, q => spread * q.Value, StringComparer.Ordinal);
        foreach (var (child, n) in counts)
            probability[child] = probability.GetValueOrDefault(child) + (Math.Max(n - Discount, 0) / (launches + Strength));
        return new Likelihoods(probability, spread * Tail);
    }
}
