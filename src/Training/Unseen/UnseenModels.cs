using Changeling.Events;
using Changeling.Features;

namespace Changeling.Training.Unseen;

/// <summary>The rows that one fold holds out.</summary>
/// <param name="Test">Its labelled rows, weak ones included.</param>
/// <param name="Margin">The log-odds of a launch, by a model that saw no dataset, tuple or recorded source of these rows.</param>
internal sealed record UnseenFold(IReadOnlyList<CorpusRow> Test, Func<ProcessEvent, double> Margin);

/// <summary>What measures the yardsticks: a model for each fold, and one of the whole corpus for the cases.</summary>
/// <param name="Folds">The folds.</param>
/// <param name="Whole">The log-odds of a launch, by a model of the whole corpus.</param>
internal sealed record UnseenModels(IReadOnlyList<UnseenFold> Folds, Func<ProcessEvent, double> Whole)
{
    /// <summary>A training takes more than one core at times, and memory: more at once take longer.</summary>
    private const int TrainingsAtOnce = 2;

    /// <summary>Number of trainings.</summary>
    public const int Trainings = CorpusFolds.Count + 1;

    /// <summary>Trains all models; minutes of CPU work, deterministic by rows, settings and seed.</summary>
    /// <param name="rows">The corpus.</param>
    /// <param name="cases">Launches that are measured: rows of our own that equal one are left out of the training.</param>
    /// <param name="options">Settings, seed and rows.</param>
    /// <param name="trained">Called after each training.</param>
    /// <param name="cancellation">Stops between trainings.</param>
    public static UnseenModels Fit(
        IReadOnlyList<CorpusRow> rows, LaunchCases cases, UnseenOptions options, Action trained,
        CancellationToken cancellation)
    {
        var foldOf = SourceFolds.Of(rows);
        var models = Enumerable.Range(0, Trainings).AsParallel().AsOrdered().WithDegreeOfParallelism(TrainingsAtOnce)
            .WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .WithCancellation(cancellation)
            .Select(fold => Fit(rows, fold == CorpusFolds.Count ? null : r => foldOf(r) == fold, cases, options, trained))
            .ToList();
        return new([.. models.Take(CorpusFolds.Count)], models[^1].Margin);
    }

    private static UnseenFold Fit(
        IReadOnlyList<CorpusRow> rows, Func<CorpusRow, bool>? isTest, LaunchCases cases, UnseenOptions options, Action trained)
    {
        var split = isTest is null ? new([.. rows.Where(TrainingSet.IsUsable)], []) : CrossValidation.SplitBy(rows, isTest);
        var heldOut = split.Test.Select(r => r.Event).Concat(cases.All.Select(c => c.Event));
        var model = LaunchModelTrainer.Fit(
            TrainingSet.Build(
                split.Train, options.Seed, options.OwnRows, heldOut.Select(LaunchKey.Of).ToHashSet(StringComparer.Ordinal)),
            options.Settings,
            options.Seed);
        trained();
        return new(split.Test, e => model.Margin(FeatureExtractor.Extract(e).Spans));
    }
}
