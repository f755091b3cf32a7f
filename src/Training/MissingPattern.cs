using Changeling.Events;
using Changeling.Features;
using Changeling.Scoring;

namespace Changeling.Training;

/// <summary>
/// How well the pattern of missing fields alone separates attacks from ordinary rows: before features are made of it, and in the
/// features. The first must not be learned, because it is an artefact of the corpus; the second must be 0.5.
/// </summary>
/// <param name="RawPatternAuc">Of a model that sees which optional fields a row has, and nothing else.</param>
/// <param name="NeutralisedAuc">
/// Of a model on the features of events in which every field that is present holds the unremarkable value: exactly 0.5
/// when features cannot show an absence.
/// </param>
/// <param name="BorrowedContentAuc">
/// ROC-AUC of the shipped kind of model on events with their own row's missing fields and the content of a row with any label. This also
/// finds a default value that reveals the label. NaN if no row has every field.
/// </param>
public sealed record MissingPatternReport(double RawPatternAuc, double NeutralisedAuc, double BorrowedContentAuc);

/// <summary>Measures <see cref="MissingPatternReport"/> by the grouped cross-validation.</summary>
internal static class MissingPattern
{
    private static readonly ModelSettings Small = new(60, 15, 0.1, 20, 0.8, 1);

    public static MissingPatternReport Measure(IReadOnlyList<CorpusRow> rows, int seed, bool ownRows)
    {
        var usable = rows.Where(TrainingSet.IsUsable).ToList();
        return new(
            AucOf(usable, (train, _) => Patterns(train)),
            AucOf(
                usable,
                (train, _) => TrainingSet.Extract(train.Select(r => new WeightedEvent(Neutralised(r.Event), r.Label == 1, 1, 1)))),
            AucOf(Borrowed(usable, new Random(seed)), (train, isTraining) => isTraining
                ? TrainingSet.Build(train, seed, ownRows)
                : TrainingSet.Extract(train.Select(r => new WeightedEvent(r.Event, r.Label == 1, 1, 1)))));
    }

    /// <summary>The event with every present field at its unremarkable value: it contains only the pattern.</summary>
    internal static ProcessEvent Neutralised(ProcessEvent e) => Kept(Unremarkable, e);

    private static ProcessEvent Unremarkable { get; } = new()
    {
        Time = DateTimeOffset.UnixEpoch,
        Host = new("host"),
        User = new("user", "CORP"),
        Format = "synthetic",
        Child = new()
        {
            Name = "notepad.exe",
            Path = @"C:\Windows\System32\notepad.exe",
            CommandLine = @"""C:\Windows\System32\notepad.exe""",
            OriginalFileName = "NOTEPAD.EXE",
            Integrity = IntegrityLevel.Medium,
            Elevation = TokenElevation.Default,
        },
        Parent = new() { Name = "explorer.exe", Path = @"C:\Windows\explorer.exe", CommandLine = @"C:\Windows\explorer.exe" },
    };

    /// <summary>The content of one event with the missing pattern of another.</summary>
    private static ProcessEvent Kept(ProcessEvent content, ProcessEvent pattern)
    {
        foreach (var field in FieldMask.All)
        {
            if (!field.IsPresent(pattern) && field.IsPresent(content)) content = field.Drop(content);
        }

        return content;
    }

    private static List<CorpusRow> Borrowed(List<CorpusRow> rows, Random random)
    {
        var donors = rows.Where(
            r =>
                r.Event is
                {
                    User: not null,
                    Child: { Integrity: not null, CommandLine: not null },
                    Parent: { Path: not null, CommandLine: not null },
                }).ToList();
        if (donors.Count == 0) return [];
        return [.. rows.Select(r => r with { Event = Kept(donors[random.Next(donors.Count)].Event, r.Event), Role = CorpusRole.Recorded })];
    }

    private static List<ModelRow> Patterns(IEnumerable<CorpusRow> rows) =>
        [.. rows.Select(r => new ModelRow { Features = FieldMask.PatternOf(r.Event), Label = r.Label == 1, Weight = 1, ActWeight = 1 })];

    /// <summary>
    /// The mean of the folds' figures, weighted by their pairs of rows. Scores of different folds are not pooled. A model that knows
    /// nothing gives each fold the share of attacks in its training data. This share is high if that of the test data is low, so pooled
    /// scores would rank worse than chance.
    /// </summary>
    private static double AucOf(List<CorpusRow> rows, Func<IReadOnlyList<CorpusRow>, bool, IReadOnlyList<ModelRow>> toRows)
    {
        double sum = 0, pairs = 0;
        for (var fold = 0; fold < CorpusFolds.Count; fold++)
        {
            var split = CrossValidation.SplitBy(rows, r => CorpusFolds.Of(r.Dataset) == fold);
            if (split.Train.Count == 0 || split.Test.Count == 0) continue;
            var model = LaunchModelTrainer.Fit(toRows(split.Train, true), Small, 1);
            var metrics = RankingMetrics.Of(
                toRows(split.Test, false).Select(r => (model.Margin(new FeatureVector(r.Features, r.Grams, r.ActGrams).Spans), r.Label)));
            if (double.IsNaN(metrics.RocAuc)) continue;
            var weight = (double)metrics.Attacks * metrics.Ordinary;
            sum += weight * metrics.RocAuc;
            pairs += weight;
        }

        return pairs > 0 ? sum / pairs : double.NaN;
    }
}
