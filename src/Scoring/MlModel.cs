using Changeling.Events;
using Changeling.Features;

namespace Changeling.Scoring;

/// <summary>
/// The supervised model: features, trees and linear model, calibration, threshold. Immutable; needs neither ML.NET nor native code to
/// score.
/// </summary>
public sealed class MlModel : IModel
{
    private readonly LaunchModel _model;
    private readonly PlattCalibration _calibration;

    /// <summary>Creates the model of a package.</summary>
    /// <param name="package">The package, which was read and checked.</param>
    public MlModel(ModelPackage package)
    {
        _model = package.Model;
        _calibration = package.Manifest.Calibration;
        Identity = new(package.Manifest.Version, package.Sha256, package.Manifest.FeatureSchemaVersion, package.Manifest.Threshold);
    }

    /// <inheritdoc/>
    public ModelIdentity Identity { get; }

    /// <inheritdoc/>
    public Prediction Predict(Launch launch)
    {
        var (whole, act) = _model.Margins(FeatureRoom.OfThread.Read(launch));
        var probability = Calibrated(_model.Balance.Margin(whole, act));
        return new(probability, probability >= Identity.Threshold) { Act = Calibrated(act) };
    }

    /// <summary>The probability of a margin.</summary>
    internal double Calibrated(double margin) => _calibration.Probability(margin);

    /// <inheritdoc/>
    public IReadOnlyList<PredictionReason> Explain(ProcessEvent processEvent, int most, bool isExact) =>
        Explain(processEvent).Reasons(most, isExact);

    /// <summary>The raw score of an event, in log-odds before calibration, and what it is made of.</summary>
    public Explained Explain(ProcessEvent processEvent) => new(_model, processEvent);

    /// <summary>The raw score of an event, in log-odds before calibration.</summary>
    public double Margin(ProcessEvent processEvent) => _model.Margin(FeatureRoom.OfThread.Read(Launch.Of(processEvent)));
}
