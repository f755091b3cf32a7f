using Changeling.Events;

namespace Changeling.Training;

/// <summary>What <see cref="ModelEvaluation"/> found. It quotes the rows: it belongs to the user, never into a repository.</summary>
/// <param name="ModelVersion">The model's version.</param>
/// <param name="ModelSha256">Hash of its package.</param>
/// <param name="Threshold">Its threshold, a probability.</param>
/// <param name="Rows">Rows read.</param>
/// <param name="WithoutLabel">Rows left out because nobody can tell what they are.</param>
/// <param name="Weak">Attack rows left out because only their context made them an attack.</param>
/// <param name="Seed">Seed of the bootstrap.</param>
/// <param name="CalibrationError">Expected calibration error over tuples, ten equal bins, 0–1.</param>
/// <param name="Groups">The figures, group by group.</param>
/// <param name="WithoutFields">ROC-AUC over all tuples with a group of optional fields taken away.</param>
/// <param name="WorstMisses">Attack tuples that score lowest.</param>
/// <param name="WorstFalseAlarms">Ordinary tuples that score highest.</param>
public sealed record EvaluationReport(
    string ModelVersion, string ModelSha256, double Threshold, int Rows, int WithoutLabel, int Weak, int Seed, double CalibrationError,
    IReadOnlyList<EvaluatedGroup> Groups, IReadOnlyDictionary<string, double> WithoutFields, IReadOnlyList<EvaluatedRow> WorstMisses,
    IReadOnlyList<EvaluatedRow> WorstFalseAlarms)
{
    /// <summary>What other thresholds give over all tuples, from the highest to the lowest; empty without both kinds of rows.</summary>
    public IReadOnlyList<OperatingPoint> Curve { get; init; } = [];

    /// <summary>How often the model's probabilities come true, over all tuples, in ten equal bins; empty bins are left out.</summary>
    public IReadOnlyList<ReliabilityBin> Reliability { get; init; } = [];
}

/// <summary>One row in full with its score.</summary>
/// <param name="Probability">The model's probability.</param>
/// <param name="Id">The row's id.</param>
/// <param name="Dataset">Its dataset.</param>
/// <param name="Event">The process event.</param>
/// <param name="Reasons">What moved the score, strongest first.</param>
public sealed record EvaluatedRow(double Probability, string Id, string Dataset, ProcessEvent Event, IReadOnlyList<string> Reasons);
