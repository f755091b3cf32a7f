using System.Runtime.InteropServices;
using Changeling.Scoring;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace Changeling.Training;

/// <summary>Fits one LightGBM ensemble through ML.NET.</summary>
internal static class LightGbm
{
    /// <summary>Fits an ensemble; the same rows, settings and seed give the same trees.</summary>
    /// <exception cref="InvalidOperationException">The native library cannot be loaded.</exception>
    public static TreeEnsemble Fit(IReadOnlyList<ModelRow> rows, ModelSettings settings, int seed) =>
        TreeEnsembleBuilder.From(FitMlNet(new MLContext(seed), rows, settings, seed).Model.SubModel, rows);

    /// <summary>The same as <see cref="Fit"/>, but returns the ML.NET model.</summary>
    public static BinaryPredictionTransformer<CalibratedModelParametersBase<LightGbmBinaryModelParameters, PlattCalibrator>> FitMlNet(
        MLContext context, IReadOnlyList<ModelRow> rows, ModelSettings settings, int seed)
    {
        var trainer = context.BinaryClassification.Trainers.LightGbm(Options(settings, seed));
        try
        {
            return trainer.Fit(ModelRow.View(context, rows));
        }
        catch (Exception e) when (IsMissingLibrary(e))
        {
            throw new InvalidOperationException(
                RuntimeInformation.ProcessArchitecture == Architecture.X64
                    ? "Training needs the system library libgomp1: apt-get install libgomp1."
                    : $"LightGBM has no files for {RuntimeInformation.ProcessArchitecture}: train on a machine with x64, and use the package here.",
                e);
        }
    }

    /// <summary>Whether native code could not be loaded, at any depth: the loader's exception comes wrapped in others.</summary>
    internal static bool IsMissingLibrary(Exception e) =>
        e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException
        || (e.InnerException is { } inner && IsMissingLibrary(inner))
        || (e is AggregateException all && all.InnerExceptions.Any(IsMissingLibrary));

    private static LightGbmBinaryTrainer.Options Options(ModelSettings settings, int seed) => new()
    {
        LabelColumnName = nameof(ModelRow.Label),
        FeatureColumnName = nameof(ModelRow.Features),
        ExampleWeightColumnName = nameof(ModelRow.Weight),
        NumberOfIterations = settings.Trees,
        NumberOfLeaves = settings.Leaves,
        LearningRate = settings.LearningRate,
        MinimumExampleCountPerLeaf = settings.MinRows,
        Seed = seed,
        Deterministic = true,
        ForceRowWise = true,

        // One thread each: folds run at the same time, and OpenMP's waiting threads are slow on a shared machine.
        NumberOfThreads = 1,
        HandleMissingValue = false,
        UseCategoricalSplit = false,
        Silent = true,
        Booster = new GradientBooster.Options
        {
            FeatureFraction = settings.FeatureShare,
            L2Regularization = settings.L2,
            SubsampleFraction = 0.8,
            SubsampleFrequency = 1,
        },
    };
}
