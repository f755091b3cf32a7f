using Changeling.Counts;

namespace Changeling.Rarity;

/// <summary>
/// The shipped knowledge of which programs start which: launch counts of benign recordings by lineage and by class of parent,
/// the constants of the estimator and the calibration table. Immutable; safe for many threads.
/// </summary>
public sealed class Prior
{
    /// <summary>Launches that are added to a class, so that a class with few launches has little weight.</summary>
    private const double ClassSmoothing = 5;

    private readonly PriorCounts _counts;
    private readonly Dictionary<ParentClass, double> _classLaunches;

    internal Prior(string version, PriorCounts counts, EstimatorConstants constants, Calibration calibration)
    {
        Version = version;
        Constants = constants;
        Calibration = calibration;
        _counts = counts;
        _classLaunches = counts.Classes.ToDictionary(c => c.Key, c => c.Value.Values.Sum());
    }

    /// <summary>Version of the file, <c>YYYY.M.n</c>; part of the snapshot.</summary>
    public string Version { get; }

    /// <summary>The constants of the estimator.</summary>
    public EstimatorConstants Constants { get; }

    /// <summary>From raw surprise to the share of launches at least so surprising, as shipped.</summary>
    public Calibration Calibration { get; }

    /// <summary>Damped number of launches of a lineage in the recordings behind the prior; 0 if there is none.</summary>
    public double LaunchesOf(Lineage lineage) =>
        _counts.Parents.TryGetValue(lineage.Parent, out var children) ? children.GetValueOrDefault(lineage.Child) : 0;

    /// <summary>The share of a child among all that parents of a class start, 0–1.</summary>
    public double ShareIn(ParentClass parentClass, string child) =>
        _counts.Classes.TryGetValue(parentClass, out var children)
            ? children.GetValueOrDefault(child) / (_classLaunches[parentClass] + ClassSmoothing)
            : 0;

    /// <summary>
    /// The children that parents of a class start, most often started first, each with its share (<see cref="ShareIn"/>).
    /// </summary>
    public IReadOnlyList<(string Child, double Share)> ChildrenIn(ParentClass parentClass) =>
        _counts.Classes.TryGetValue(parentClass, out var children)
            ? [.. children.Keys.Select(c => (Child: c, Share: ShareIn(parentClass, c)))
                .OrderByDescending(c => c.Share)
                .ThenBy(c => c.Child, StringComparer.Ordinal)]
            : [];

    /// <summary>The launches of a lineage that the prior alone makes likely: κ · launches + κ′ · share in the parent's class.</summary>
    public double Expected(Lineage lineage, ParentClass parentClass) =>
        Constants.PriorWeight * LaunchesOf(lineage) + Constants.ClassWeight * ShareIn(parentClass, lineage.Child);

    /// <summary>The children of one parent that the prior knows, most often started first.</summary>
    public IReadOnlyList<(string Child, double Launches)> ChildrenOf(string parent) =>
        _counts.Parents.TryGetValue(parent, out var children)
            ? [.. children.Select(c => (c.Key, c.Value)).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal)]
            : [];
}
