using System.Collections.Concurrent;

namespace Changeling.Baseline;

/// <summary>
/// The shipped knowledge of which programs start which: launch counts of benign recordings on three levels (parent, class
/// of parent, fleet), the constants of the estimator and the calibration table. Immutable; safe for many threads.
/// </summary>
public sealed class Prior
{
    private static readonly IReadOnlyDictionary<string, double> Nothing = new Dictionary<string, double>(StringComparer.Ordinal);

    private readonly PriorCounts _counts;
    private readonly PriorDistribution[] _classes;
    private readonly ConcurrentDictionary<(string Parent, ParentClass Class), PriorDistribution> _parents = new();

    internal Prior(string version, PriorCounts counts, EstimatorConstants constants, Calibration calibration)
    {
        Version = version;
        Constants = constants;
        Calibration = calibration;
        _counts = counts;

        var fleet = BackOff(counts.Fleet, new(StringComparer.Ordinal), 1, constants);
        _classes = [.. Enum.GetValues<ParentClass>().Select(c =>
        {
            var (probability, tail) = BackOff(counts.Classes.GetValueOrDefault(c, Nothing), fleet.Probability, fleet.Tail, constants);
            return new PriorDistribution(probability, tail);
        })];
    }

    /// <summary>Version of the file, <c>YYYY.M.n</c>; part of the snapshot.</summary>
    public string Version { get; }

    /// <summary>Discount and strength of the estimator.</summary>
    public EstimatorConstants Constants { get; }

    /// <summary>From raw surprise to the share of launches at least so surprising.</summary>
    public Calibration Calibration { get; }

    /// <summary>The prior for the children of one parent.</summary>
    /// <param name="parent">Folded name of the parent.</param>
    /// <param name="parentClass">The parent's class.</param>
    public PriorDistribution Of(string parent, ParentClass parentClass)
    {
        if (!_counts.Parents.TryGetValue(parent, out var children)) return _classes[(int)parentClass];
        return _parents.GetOrAdd((parent, parentClass), _ =>
        {
            var level = _classes[(int)parentClass];
            var (probability, tail) = BackOff(children, level.Names.ToDictionary(n => n, level.Of, StringComparer.Ordinal), level.Tail, Constants);
            return new PriorDistribution(probability, tail);
        });
    }

    /// <summary>One level of the back-off: discounted counts of this level, the rest spread as the level below has it.</summary>
    private static (Dictionary<string, double> Probability, double Tail) BackOff(
        IReadOnlyDictionary<string, double> counts, Dictionary<string, double> below, double tailBelow, EstimatorConstants constants)
    {
        var launches = counts.Values.Sum();
        var spread = (constants.Strength + counts.Values.Sum(n => Math.Min(n, constants.Discount))) / (launches + constants.Strength);
        var probability = below.ToDictionary(q => q.Key, q => spread * q.Value, StringComparer.Ordinal);
        foreach (var (child, n) in counts)
        {
            var own = Math.Max(n - constants.Discount, 0) / (launches + constants.Strength);
            probability[child] = probability.GetValueOrDefault(child) + own;
        }

        return (probability, spread * tailBelow);
    }
}
