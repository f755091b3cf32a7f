using Changeling.Scoring;
namespace Changeling.Training;

/// <summary>The measurements of a training. All figures but <see cref="TrainingRows"/> are of rows held out by dataset and tuple.</summary>
public sealed record TrainingReport
{
    /// <summary>The version of the package.</summary>
    public required string Version { get; init; }

    /// <summary>SHA-256 of the package, lower-case hexadecimal.</summary>
    public required string PackageSha256 { get; init; }

    /// <summary>Bytes of the package.</summary>
    public required long PackageBytes { get; init; }

    /// <summary>Rows read, by file and label (<c>recorded/1</c>).</summary>
    public required IReadOnlyDictionary<string, int> TrainingRows { get; init; }

    /// <summary>The settings that trained the model.</summary>
    public required ModelSettings Settings { get; init; }

    /// <summary>Each candidate with its figures on recorded attacks against all ordinary rows.</summary>
    public required IReadOnlyList<(ModelSettings Settings, RankingMetrics Metrics)> Candidates { get; init; }

    /// <summary>Recorded attacks against recorded ordinary rows, one score a tuple, weak rows left out.</summary>
    public required RankingMetrics RecordedTuples { get; init; }

    /// <summary>The same, every event counted.</summary>
    public required RankingMetrics RecordedEvents { get; init; }

    /// <summary>Recorded attacks against the made benign look-alikes, by tuple.</summary>
    public required RankingMetrics LookAlikes { get; init; }

    /// <summary>Recorded attacks against everything ordinary, by tuple: where the threshold comes from.</summary>
    public required RankingMetrics AllOrdinary { get; init; }

    /// <summary>Weak rows against recorded ordinary rows, by tuple: hardly separable by the event alone.</summary>
    public required RankingMetrics WeakTuples { get; init; }

    /// <summary>Recorded tuples by repository, as scored in the folds.</summary>
    public required IReadOnlyDictionary<string, RankingMetrics> ByRepository { get; init; }

    /// <summary>Recorded tuples by format, as scored in the folds.</summary>
    public required IReadOnlyDictionary<string, RankingMetrics> ByFormat { get; init; }

    /// <summary>Recorded tuples of each repository, scored by a model that saw nothing of it; empty unless fully evaluated.</summary>
    public required IReadOnlyDictionary<string, RankingMetrics> RepositoryLeftOut { get; init; }

    /// <summary>
    /// ROC-AUC of the recorded tuples with a group of optional fields taken away when scoring; empty unless fully evaluated.
    /// </summary>
    public required IReadOnlyDictionary<string, double> WithoutFields { get; init; }

    /// <summary>
    /// Recorded tuples, scored by models trained without the rows of our own. Those were written after reading errors of earlier models,
    /// so this figure limits how much too good the other figures are; <see langword="null"/> unless fully evaluated.
    /// </summary>
    public RankingMetrics? WithoutOwnRows { get; init; }

    /// <summary>The missing pattern's figures; <see langword="null"/> unless fully evaluated.</summary>
    public MissingPatternReport? MissingPattern { get; init; }

    /// <summary>The model threshold, a probability.</summary>
    public required double Threshold { get; init; }

    /// <summary>Shares of tuples at or above the threshold, by kind of row.</summary>
    public required IReadOnlyDictionary<string, double> AboveThreshold { get; init; }

    /// <summary>Expected calibration error of the held-out tuples, ten equal bins, 0–1.</summary>
    public required double CalibrationError { get; init; }
}
