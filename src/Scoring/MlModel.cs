using Changeling.Events;
using Changeling.Features;

namespace Changeling.Scoring;

/// <summary>
/// The supervised model: features, trees and linear model, calibration, threshold. Immutable; needs neither ML.NET nor native code to
/// score.
/// </summary>
public sealed class MlModel : IModel
{
    private readonly ModelPair _pair;
    private readonly PlattCalibration _calibration;

    /// <summary>A model from a package that was read and checked.</summary>
    public MlModel(ModelPackage package)
    {
        _pair = package.Pair;
        _calibration = package.Manifest.Calibration;
        Identity = new(package.Manifest.Version, package.Sha256, package.Manifest.FeatureSchemaVersion, package.Manifest.Threshold);
    }

    /// <inheritdoc/>
    public ModelIdentity Identity { get; }

    /// <inheritdoc/>
    public Prediction Predict(ProcessEvent processEvent)
    {
        var probability = Calibrated(Margin(processEvent));
        return new(probability, probability >= Identity.Threshold);
    }

    /// <summary>The probability of a margin.</summary>
    internal double Calibrated(double margin) => _calibration.Probability(margin);

    /// <inheritdoc/>
    public IReadOnlyList<PredictionReason> Explain(ProcessEvent processEvent, int most)
    {
        var features = FeatureExtractor.Extract(processEvent);
        var byTrees = _pair.Trees.Contributions(features.Values).ToList();
        var names = FeatureExtractor.Describe(processEvent, [.. byTrees.Select(c => c.Key)]);
        var grams = features.Grams.Where(g => _pair.Linear.Weights[g] != 0).ToHashSet();
        var gramNames = SparseGrams.Describe(processEvent, grams);
        return Reasons.Strongest(
            processEvent,
            names.Zip(byTrees, (name, c) => (name, c.Value)).Concat(grams.Select(g => (gramNames[g], (double)_pair.Linear.Weights[g]))),
            most);
    }

    /// <summary>The raw score of an event, in log-odds before calibration: <see cref="Expectation"/> and all its reasons.</summary>
    public double Margin(ProcessEvent processEvent) => _pair.Margin(FeatureExtractor.Extract(processEvent));

    /// <summary>The mean margin over the training rows, from which an event's reasons start.</summary>
    public double Expectation => _pair.Expectation;
}
