using Changeling.Features;
using Changeling.Scoring;

namespace Changeling.Training;

/// <summary>Fits trees and linear model together.</summary>
internal static class PairTrainer
{
    /// <summary>Fits both; the same rows, settings and seed give the same pair.</summary>
    /// <exception cref="InvalidOperationException">The native library cannot be loaded.</exception>
    public static ModelPair Fit(IReadOnlyList<ModelRow> rows, ModelSettings settings, int seed) => new(
        LightGbm.Fit(rows, settings, seed),
        settings.LinearShare > 0
            ? LinearTrainer.Fit(rows, SparseGrams.Buckets, settings.Ridge, seed).Scaled(settings.LinearShare)
            : LinearModel.Nothing);
}
