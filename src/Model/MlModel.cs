using Changeling.Events;
using Changeling.Features;

namespace Changeling.Model;

/// <summary>The supervised model: features, trees, calibration, threshold. Immutable; needs neither ML.NET nor native code to score.</summary>
public sealed class MlModel : IModel
{
    private readonly TreeEnsemble _trees;
    private readonly PlattCalibration _calibration;

    /// <summary>A model from a package that was read and checked.</summary>
    public MlModel(ModelPackage package)
    {
        _trees = package.Trees;
        _calibration = package.Manifest.Calibration;
        Identity = new(package.Manifest.Version, package.Sha256, package.Manifest.FeatureSchemaVersion, package.Manifest.Threshold);
    }

    /// <inheritdoc/>
    public ModelIdentity Identity { get; }

    /// <inheritdoc/>
    public Prediction Predict(ProcessEvent processEvent)
    {
        var probability = _calibration.Probability(_trees.Margin(FeatureExtractor.Extract(processEvent).Values));
        return new(probability, probability >= Identity.Threshold);
    }

    /// <inheritdoc/>
    public IReadOnlyList<PredictionReason> Explain(ProcessEvent processEvent, int most)
    {
        var contributions = _trees.Contributions(FeatureExtractor.Extract(processEvent).Values).ToList();
        var names = FeatureExtractor.Describe(processEvent, [.. contributions.Select(c => c.Key)]);
        return Reasons.Strongest(processEvent, names.Zip(contributions, (name, c) => (name, c.Value)), most);
    }

    /// <summary>The raw score of an event, in log-odds before calibration: <see cref="Expectation"/> and all its reasons.</summary>
    public double Margin(ProcessEvent processEvent) => _trees.Margin(FeatureExtractor.Extract(processEvent).Values);

    /// <summary>The mean margin over the training rows, from which an event's reasons start.</summary>
    public double Expectation => _trees.Expectation;
}
