using Changeling.Features;
using Changeling.Scoring;

namespace Changeling.Training;

/// <summary>Fits both readings of a launch, each as trees and a linear model.</summary>
internal static class LaunchModelTrainer
{
    /// <summary>Fits both; the same rows, settings and seed give the same model.</summary>
    /// <exception cref="InvalidOperationException">The native library cannot be loaded.</exception>
    /// <exception cref="InvalidDataException">Without the rows that are held out for testing, one class has none.</exception>
    public static LaunchModel Fit(IReadOnlyList<ModelRow> rows, ModelSettings settings, int seed) =>
        rows.Any(r => r.Label) && rows.Any(r => !r.Label)
            ? new(Pair(rows, settings, seed), Pair([.. rows.Select(row => row.OfAct())], settings, seed), settings.Balance)
            : throw new InvalidDataException(
                "a fold leaves no attack or no ordinary row to train on; add rows of further datasets and sources, or leave --only-data out.");

    private static ModelPair Pair(IReadOnlyList<ModelRow> rows, ModelSettings settings, int seed) => new(
        LightGbm.Fit(rows, settings, seed),
        settings.LinearShare > 0
            ? LinearTrainer.Fit(rows, SparseGrams.Buckets, settings.Ridge, seed).Scaled(settings.LinearShare)
            : LinearModel.Nothing);
}
