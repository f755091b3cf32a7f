using System.Collections.Frozen;

namespace Changeling.Baseline;

/// <summary>
/// The prior q(child | parent) after backing off fleet → class → parent, ready for look-ups: names with their probability,
/// and the sum of all that are at most as likely as a bound. What no level knows shares <see cref="Tail"/>.
/// </summary>
public sealed class PriorDistribution
{
    private readonly FrozenDictionary<string, double> _probability;
    private readonly double[] _ascending;
    private readonly double[] _sumUpTo;

    internal PriorDistribution(Dictionary<string, double> probability, double tail)
    {
        _probability = probability.ToFrozenDictionary(StringComparer.Ordinal);
        Tail = tail;
        _ascending = [.. probability.Values.Order()];
        _sumUpTo = new double[_ascending.Length + 1];
        for (var i = 0; i < _ascending.Length; i++) _sumUpTo[i + 1] = _sumUpTo[i] + _ascending[i];
    }

    /// <summary>The mass of all children that no level of the prior has seen, 0–1.</summary>
    public double Tail { get; }

    /// <summary>The names that the prior knows.</summary>
    public IEnumerable<string> Names => _probability.Keys;

    /// <summary>q(child | parent), 0–1; 0 for a child that no level has seen.</summary>
    public double Of(string child) => _probability.GetValueOrDefault(child);

    /// <summary>The mass of all known children that are at most as likely as a bound, 0–1.</summary>
    public double SumAtMost(double bound)
    {
        int low = 0, high = _ascending.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ascending[middle] <= bound) low = middle + 1;
            else high = middle;
        }

        return _sumUpTo[low];
    }
}
