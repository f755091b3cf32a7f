using Changeling.Events;

namespace Changeling.Features;

/// <summary>A supervised model, ready to score. Immutable and safe to call from many threads.</summary>
public interface IModel
{
    /// <summary>The identity of the model, which every detection contains.</summary>
    ModelIdentity Identity { get; }

    /// <summary>Scores one launch. CPU work only, no I/O.</summary>
    /// <returns>Probability and label, also for events without any optional field.</returns>
    Prediction Predict(Launch launch);

    /// <summary>
    /// The features with the largest effect on an event's score, strongest first. Slower than a prediction: for detections only.
    /// </summary>
    /// <param name="processEvent">The event that was scored.</param>
    /// <param name="most">Maximum number of reasons to return, at least 1.</param>
    /// <param name="isExact">
    /// Whether each feature's effect is averaged over all orders in which features can become known. Otherwise it is the effect along the
    /// way that the event takes through the model: much cheaper, and too high for what is asked last.
    /// </param>
    IReadOnlyList<PredictionReason> Explain(ProcessEvent processEvent, int most, bool isExact);
}

/// <summary>Scoring of what is no launch yet.</summary>
public static class ModelExtensions
{
    /// <summary>Scores one event.</summary>
    /// <param name="model">The model.</param>
    /// <param name="processEvent">The event.</param>
    public static Prediction Predict(this IModel model, ProcessEvent processEvent) => model.Predict(Launch.Of(processEvent));
}

/// <summary>What identifies a model.</summary>
/// <param name="Version">The package's version, for example <c>2026.11.1</c>.</param>
/// <param name="Sha256">SHA-256 of the package, 64 lower-case hexadecimal digits.</param>
/// <param name="FeatureSchemaVersion">The version of the feature schema it was trained with.</param>
/// <param name="Threshold">The model threshold, 0–1: at or above it an event is malicious.</param>
public sealed record ModelIdentity(string Version, string Sha256, int FeatureSchemaVersion, double Threshold);
