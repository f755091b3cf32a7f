namespace Changeling.Training;

/// <summary>What a full evaluation measures beyond the cross-validation: it needs further trainings, which take minutes.</summary>
/// <param name="RepositoryLeftOut">Recorded tuples of each repository, by a model that saw nothing of it.</param>
/// <param name="WithoutFields">ROC-AUC of the recorded tuples without a group of optional fields.</param>
/// <param name="WithoutOwnRows">Recorded tuples, by models trained without the rows made by this project.</param>
/// <param name="MissingPattern">How well the pattern of missing fields alone separates the classes.</param>
internal sealed record FullMeasurement(
    IReadOnlyDictionary<string, RankingMetrics> RepositoryLeftOut,
    IReadOnlyDictionary<string, double> WithoutFields,
    RankingMetrics? WithoutOwnRows,
    MissingPatternReport? MissingPattern)
{
    /// <summary>Nothing measured.</summary>
    public static FullMeasurement None { get; } = new(
        new Dictionary<string, RankingMetrics>(), new Dictionary<string, double>(), null, null);
}
