namespace Changeling.Features;

/// <summary>The features of one event, in the order of <see cref="FeatureSchema"/>.</summary>
/// <param name="Values">One number a feature; length <see cref="FeatureSchema.Length"/>, all finite.</param>
public readonly record struct FeatureVector(float[] Values);
