using Changeling.Features;
using Changeling.Scoring;

namespace Changeling.Training;

/// <summary>Fits both readings of a launch, each as trees and a linear model.</summary>
internal static class LaunchModelTrainer
{
    /// <summary>Fits both; the same rows, settings and seed give the same model.</summary>
    /// <exception cref="InvalidOperationException">The native library cannot be loaded.</exception>
    public static LaunchModel Fit(IReadOnlyList<ModelRow> rows, ModelSettings settings, int seed) => new(
        Pair(rows, settings, seed), Pair([.. rows.Select(row => row.OfAct())], settings, seed), settings.Balance);

    private static ModelPair Pair(IReadOnlyList<ModelRow> rows, ModelSettings settings, int seed) => new(
        LightGbm.Fit(rows, settings, seed),
        settings.LinearShare > 0
            ? LinearTrainer.Fit(rows, SparseGrams.Buckets, settings.Ridge, seed).Scaled(settings.LinearShare)
            : LinearModel.Nothing);
}
