using Changeling.Scoring;
namespace Changeling.Training;

/// <summary>
/// The figures that a package carries of its own model, by name: what held-out rows measured, so that whoever has a package has its
/// figures.
/// </summary>
internal static class ModelFigures
{
    /// <summary>The figures of every training. A corpus without rows of a kind has no figure of them.</summary>
    /// <param name="evaluation">Scores of held-out rows.</param>
    /// <param name="calibration">The package's calibration.</param>
    /// <param name="margin">The margin at the model threshold.</param>
    /// <param name="measured">What a full evaluation measured besides; its dictionaries are empty without one.</param>
    public static SortedDictionary<string, double> Of(
        Evaluation evaluation, PlattCalibration calibration, double margin, FullMeasurement measured)
    {
        var all = Ranking("recordedTuples", evaluation.RecordedTuples)
            .Concat(Ranking("lookAlikes", evaluation.LookAlikes))
            .Concat(Ranking("allOrdinary", evaluation.AllOrdinary))
            .Append(new("calibrationError", evaluation.CalibrationError(calibration)))
            .Concat(evaluation.SharesAbove(margin).Select(s => Figure($"shareAboveThreshold: {s.Key}", s.Value)))
            .Concat(measured.RepositoryLeftOut.Select(r => Figure($"rocAucOfLeftOut: {r.Key}", r.Value.RocAuc)))
            .Concat(measured.WithoutFields.Select(g => Figure($"rocAucWithout: {g.Key}", g.Value)));
        if (measured.MissingPattern is { } missing)
            all = all.Concat(
                [
                    new("missingPattern.neutralisedAuc", missing.NeutralisedAuc),
                    new("missingPattern.borrowedContentAuc", missing.BorrowedContentAuc),
                ]);
        return new(all.Where(f => double.IsFinite(f.Value)).ToDictionary(), StringComparer.Ordinal);
    }

    private static IEnumerable<KeyValuePair<string, double>> Ranking(string name, RankingMetrics metrics) =>
    [
        new($"{name}.rocAuc", metrics.RocAuc),
        new($"{name}.averagePrecision", metrics.AveragePrecision),
        new($"{name}.recallAt1Percent", metrics.RecallAt1),
        new($"{name}.recallAt5Percent", metrics.RecallAt5),
    ];

    private static KeyValuePair<string, double> Figure(string name, double value) => new(name, value);
}
