using Changeling.Events;
using Changeling.Features;
using Changeling.Scoring;

namespace Changeling.Training;

/// <summary>
/// Models for recordings that they never saw: one for each fold, trained on the other folds. Minutes of CPU work; deterministic by rows and
/// seed.
/// </summary>
public sealed class FoldModels
{
    private readonly IReadOnlyList<LaunchModel> _models;
    private readonly PlattCalibration _calibration;

    private FoldModels(IReadOnlyList<LaunchModel> models, PlattCalibration calibration) => (_models, _calibration) = (models, calibration);

    /// <summary>Trains all of them, with one calibration of their held-out scores.</summary>
    /// <param name="rows">The whole corpus.</param>
    /// <param name="seed">Seed of all random draws.</param>
    /// <param name="cancellation">Stops between trainings.</param>
    /// <exception cref="InvalidOperationException">The native trainer cannot be loaded; the message says what to install.</exception>
    public static FoldModels Fit(IReadOnlyList<CorpusRow> rows, int seed, CancellationToken cancellation)
    {
        var folds = CrossValidation.Fit(rows, ModelSettings.Default, seed, cancellation);
        var heldOut = new Evaluation(CrossValidation.Score(folds));
        return new(
            [.. folds.Select(f => f.Model)],
            PlattCalibration.Fit([.. heldOut.Tuples.Where(Evaluation.IsStrong).Select(s => (s.Margin, s.Row.Label == 1, 1.0))]));
    }

    /// <summary>The probability by the model that knows nothing of a fold.</summary>
    /// <param name="fold">0 to <see cref="CorpusFolds.Count"/> − 1; of <see cref="CorpusFolds.Of"/> for a recording.</param>
    /// <param name="processEvent">The event.</param>
    public double Probability(int fold, ProcessEvent processEvent) =>
        _calibration.Probability(_models[fold].Margin(FeatureExtractor.Extract(processEvent).Spans));
}
