using Changeling.Evaluation.Priors;
using Changeling.Rarity;

namespace Changeling.Evaluation.Rankings;

/// <summary>
/// The measures that are compared: the product's estimator, three others that were tried, and two simple ones. The
/// product's and the pair alone also use <see cref="CommonParents"/>.
/// </summary>
internal static class Measures
{
    /// <summary>The product's estimator: the first of <see cref="Of"/>.</summary>
    public const int Product = 0;

    /// <summary>All measures, in the order of tables.</summary>
    /// <param name="known">Recorded benign launches that the measures are built from; none is from a recording that is ranked.</param>
    public static IReadOnlyList<IRarityMeasure> Of(IReadOnlyList<RecordedLaunch> known)
    {
        var parents = known.GroupBy(l => l.Lineage.Parent, StringComparer.Ordinal).ToDictionary(g => g.Key, Damped, StringComparer.Ordinal);
        var fleet = Likelihoods.Nothing.With(Damped(known));
        var classes = known.GroupBy(l => l.ParentClass).ToDictionary(g => g.Key, g => fleet.With(Damped(g)));
        return
        [
            new PairMeasure("pair and habit (the product's)", PriorOf(known, new EstimatorConstants())),
            new PairMeasure("pair alone", PriorOf(known, new EstimatorConstants(HabitWeight: 0))),
            new PValueMeasure(
                "p-value, class back-off", (parent, parentClass) => Above(classes.GetValueOrDefault(parentClass, fleet), parent)),
            new PValueMeasure("p-value, one level", (parent, _) => Above(Likelihoods.Nothing, parent)),
            new ShareOfParent(),
            new FirstSeen(),
        ];

        Likelihoods Above(Likelihoods below, string parent) => parents.TryGetValue(parent, out var counts) ? below.With(counts) : below;
    }

    /// <summary>The prior as the product builds it; its calibration does not change a ranking, so one launch is enough for it.</summary>
    private static Prior PriorOf(IReadOnlyList<RecordedLaunch> known, EstimatorConstants constants)
    {
        using var file = new MemoryStream();
        new PriorBuilder(constants).Write(known, CommonParents.Pairs, [new CalibrationFleet([known[0]], 0)], "evaluation", file);
        file.Position = 0;
        return PriorFile.Read(file);
    }

    /// <summary>As the prior counts: 1 + ln n for n launches of one recording's lineage.</summary>
    private static Dictionary<string, double> Damped(IEnumerable<RecordedLaunch> launches) => launches
        .GroupBy(l => (l.Recording, l.Lineage))
        .GroupBy(g => g.Key.Lineage.Child, g => 1 + Math.Log(g.Count()), StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Sum(), StringComparer.Ordinal);
}
