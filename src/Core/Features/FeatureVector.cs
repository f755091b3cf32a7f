namespace Changeling.Features;

/// <summary>The features of one event, in the order of <see cref="FeatureSchema"/>.</summary>
/// <param name="Values">One number a feature; length <see cref="FeatureSchema.Length"/>, all finite.</param>
/// <param name="Grams">The set buckets of <see cref="SparseGrams"/>, ascending and distinct.</param>
/// <param name="ActGrams">
/// Those of them that the act alone sets: the program's name and its arguments, whoever starts it from wherever. Ascending and distinct.
/// </param>
public readonly record struct FeatureVector(float[] Values, int[] Grams, int[] ActGrams)
{
    /// <summary>The same as views.</summary>
    public FeatureSpans Spans => new(Values, ActGrams, Grams.Except(ActGrams).ToArray());
}
