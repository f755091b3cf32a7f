using Changeling.Events;
using Changeling.Features;
using Changeling.Scoring;

namespace Changeling.Training;

/// <summary>One row scored by a model that saw neither its dataset nor its tuple.</summary>
/// <param name="Row">The corpus row.</param>
/// <param name="Margin">Log-odds before calibration.</param>
public sealed record HeldOutScore(CorpusRow Row, double Margin);

/// <summary>Cross-validation grouped by dataset: whole recordings, rules and tests are held out together.</summary>
public static class CrossValidation
{
    /// <summary>The rows of both sides of one split.</summary>
    /// <param name="Train">Rows to train on.</param>
    /// <param name="Test">All labelled rows of the group, weak ones included.</param>
    public sealed record Split(IReadOnlyList<CorpusRow> Train, IReadOnlyList<CorpusRow> Test);

    /// <summary>Splits so that no dataset and no tuple is on both sides; the tuples of the test side leave the training side.</summary>
    /// <param name="rows">The corpus.</param>
    /// <param name="isTest">Which datasets are held out, decided by row.</param>
    public static Split SplitBy(IReadOnlyCollection<CorpusRow> rows, Func<CorpusRow, bool> isTest)
    {
        var test = rows.Where(r => r.Label is not null && isTest(r)).ToList();
        var heldOut = test.Select(r => r.TupleId).ToHashSet(StringComparer.Ordinal);
        var datasets = test.Select(r => r.Dataset).ToHashSet(StringComparer.Ordinal);
        return new([.. rows.Where(r => TrainingSet.IsUsable(r) && !heldOut.Contains(r.TupleId) && !datasets.Contains(r.Dataset))], test);
    }

    /// <summary>One model a fold, each fitted on the other folds.</summary>
    internal static IReadOnlyList<(Split Split, LaunchModel Model)> Fit(
        IReadOnlyList<CorpusRow> rows, ModelSettings settings, int seed, CancellationToken cancellation, bool ownRows = true) =>
    [
        .. Enumerable.Range(0, CorpusFolds.Count).AsParallel().AsOrdered().WithCancellation(cancellation)
            .Select(fold => Fit(SplitBy(rows, r => CorpusFolds.Of(r.Dataset) == fold), settings, seed, ownRows)),
    ];

    internal static (Split Split, LaunchModel Model) Fit(Split split, ModelSettings settings, int seed, bool ownRows = true) =>
        (
            split,
            LaunchModelTrainer.Fit(
                TrainingSet.Build(
                    split.Train, seed, ownRows, split.Test.Select(r => LaunchKey.Of(r.Event)).ToHashSet(StringComparer.Ordinal)),
                settings,
                seed));

    /// <summary>Scores every row of the test sides, each by the model that saw neither its dataset nor its tuple.</summary>
    /// <param name="folds">The fitted folds.</param>
    /// <param name="change">What to do to an event first, for example take a field away.</param>
    internal static IReadOnlyList<HeldOutScore> Score(
        IEnumerable<(Split Split, LaunchModel Model)> folds, Func<ProcessEvent, ProcessEvent>? change = null) =>
    [
        .. folds.SelectMany(f => f.Split.Test.AsParallel().AsOrdered()
            .Select(r => new HeldOutScore(r, f.Model.Margin(FeatureExtractor.Extract(change is null ? r.Event : change(r.Event)).Spans)))),
    ];
}
