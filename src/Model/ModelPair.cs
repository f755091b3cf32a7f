using Changeling.Features;

namespace Changeling.Model;

/// <summary>Boosted trees over the dense features and a linear model over the sparse ones; their margins are added.</summary>
/// <remarks>The linear model's weights already hold its share of the sum.</remarks>
internal sealed record ModelPair(TreeEnsemble Trees, LinearModel Linear)
{
    /// <summary>The margin, in log-odds before calibration.</summary>
    public double Margin(FeatureVector features) => Trees.Margin(features.Values) + Linear.Margin(features.Grams);

    /// <summary>What is left of the margin when all contributions are taken away.</summary>
    public double Expectation => Trees.Expectation + Linear.Bias;

    /// <summary>Fits both; the same rows, settings and seed give the same pair.</summary>
    /// <exception cref="InvalidOperationException">The native library cannot be loaded.</exception>
    public static ModelPair Fit(IReadOnlyList<ModelRow> rows, ModelSettings settings, int seed) => new(
        LightGbm.Fit(rows, settings, seed),
        settings.LinearShare > 0 ? LinearModel.Fit(rows, SparseGrams.Buckets, settings.Ridge, seed).Scaled(settings.LinearShare) : LinearModel.Nothing);
}
