using Changeling.Features;

namespace Changeling.Scoring;

/// <summary>
/// Logistic regression over the sparse form of an event: it complements the trees, because it uses many rare words with small weights,
/// while trees use few words.
/// </summary>
/// <param name="Bias">The margin of an event without any gram.</param>
/// <param name="Weights">One weight for each bucket.</param>
internal sealed record LinearModel(float Bias, float[] Weights)
{
    /// <summary>A model that adds nothing.</summary>
    public static LinearModel Nothing { get; } = new(0, new float[SparseGrams.Buckets]);

    /// <summary>The same model with its margins multiplied by a factor.</summary>
    public LinearModel Scaled(double factor) => new((float)(Bias * factor), [.. Weights.Select(w => (float)(w * factor))]);
}
