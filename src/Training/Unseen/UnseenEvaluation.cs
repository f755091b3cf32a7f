using Changeling.Events;
using Changeling.Scoring;

namespace Changeling.Training.Unseen;

/// <summary>
/// Measures the trainer, not one model, on launches that its models never saw: recordings of other sources, incidents and machines of the
/// wild, cases from reports, and the same launches in other forms. One threshold for all, chosen as in a training.
/// </summary>
public static class UnseenEvaluation
{
    private const int Steps = UnseenModels.Trainings + 2;

    /// <summary>Trains and measures; takes minutes. The same rows, cases and options give the same report.</summary>
    /// <param name="rows">The corpus.</param>
    /// <param name="cases">The case files, which no model is trained on.</param>
    /// <param name="options">Settings and seed.</param>
    /// <param name="progress">Receives the current step and the share of the work that is done.</param>
    /// <param name="cancellation">Stops between trainings.</param>
    /// <exception cref="InvalidDataException">The corpus has too little to hold out.</exception>
    public static UnseenReport Run(
        IReadOnlyList<CorpusRow> rows, LaunchCases cases, UnseenOptions options, IProgress<TrainingProgress>? progress,
        CancellationToken cancellation)
    {
        Require(rows);
        var trained = 0;
        var gate = new Lock();
        Report(trained);
        var models = UnseenModels.Fit(
            rows,
            cases,
            options,
            () =>
            {
                lock (gate) Report(++trained);
            },
            cancellation);
        progress?.Report(new("scoring", (double)UnseenModels.Trainings / Steps));
        return Measure(models, cases, options, cancellation);

        void Report(int done) =>
            progress?.Report(new($"training, {done} of {UnseenModels.Trainings} models are ready", (double)done / Steps));
    }

    /// <summary>Measures models that are already trained.</summary>
    internal static UnseenReport Measure(UnseenModels models, LaunchCases cases, UnseenOptions options, CancellationToken cancellation)
    {
        var scores = Score(models, e => e);
        var evaluation = new Evaluation(scores);
        var margin = evaluation.ThresholdAt(TrainingOptions.DefaultFalsePositiveShare, TrainingOptions.DefaultLookAlikeShare);
        var calibration =
            PlattCalibration.Fit([.. evaluation.Tuples.Where(Evaluation.IsStrong).Select(s => (s.Margin, s.Row.Label == 1, 1.0))]);
        cancellation.ThrowIfCancellationRequested();

        var common = Score(models, CommonFields.Only);
        var ofCases = new CaseFigures(cases, models.Whole, margin);
        IEnumerable<UnseenFigure> figures =
        [
            .. HeldOutFigures.Recordings(scores, margin),
            .. HeldOutFigures.Wild(common, Score(models, CommonFields.WithoutParent), margin),
            .. ofCases.Cases(),
            ofCases.Lures(options.Seed),
            .. ofCases.Evasion(),
            .. ofCases.Form(calibration.Probability),
        ];
        return new(
            options.Seed,
            options.Settings,
            calibration.Probability(margin),
            [.. figures.Where(f => double.IsFinite(f.Value))],
            options.Worst == 0 ? [] : Errors(evaluation.Tuples, new Evaluation(common).Tuples, cases, models, calibration, options.Worst));
    }

    private static void Require(IReadOnlyList<CorpusRow> rows)
    {
        var sources = rows.Where(r => r.IsRecorded && r.Label is not null).GroupBy(r => r.Repository, StringComparer.Ordinal).ToList();
        if (sources.Count < 2 || !sources.Any(s => s.Any(r => r.Label == 1)) || !rows.Any(r => r.Label == 0))
        {
            throw new InvalidDataException(
                "the corpus has no recorded attacks and ordinary launches of at least two sources, so none can be held out; pass a folder with recorded.jsonl.gz to --data.");
        }
    }

    private static IReadOnlyList<HeldOutScore> Score(UnseenModels models, Func<ProcessEvent, ProcessEvent> change) =>
    [
        .. models.Folds.SelectMany(f => f.Test.AsParallel().AsOrdered().Select(r => new HeldOutScore(r, f.Margin(change(r.Event))))),
    ];

    private static IReadOnlyList<UnseenErrors> Errors(
        IReadOnlyList<HeldOutScore> recorded, IReadOnlyList<HeldOutScore> wild, LaunchCases cases, UnseenModels models,
        PlattCalibration calibration, int worst)
    {
        return
        [
            OfRows("recorded attacks", recorded, r => r is { IsRecorded: true, Label: 1, IsWeak: false }),
            OfRows("recorded ordinary launches", recorded, r => r is { IsRecorded: true, Label: 0 }),
            OfRows("look-alikes", recorded, r => r is { Role: CorpusRole.BenignSynthetic, Label: 0 }),
            OfRows("attacks of the wild", wild, r => r is { Role: CorpusRole.WildAttacks, Label: 1, IsWeak: false }),
            OfRows("ordinary launches of the wild", wild, r => r is { Role: CorpusRole.WildOrdinary, Label: 0 }),
            OfRows("administration of the wild", wild, r => r is { Role: CorpusRole.WildAdministration, Label: 0 }),
            OfCases("attacks of the cases", cases.Attacks.Where(c => c.Label == 1)),
            OfCases("benign launches of the cases", cases.Benign.Where(c => c.Label == 0)),
        ];

        UnseenErrors OfRows(string set, IEnumerable<HeldOutScore> scores, Func<CorpusRow, bool> isOf) => Of(
            set, scores.Where(s => isOf(s.Row)).Select(s => (s.Row.Label == 1, Row(s.Margin, s.Row.Id, s.Row.Dataset, s.Row.Event))));

        UnseenErrors OfCases(string set, IEnumerable<LaunchCase> part) =>
            Of(set, part.Select(c => (c.Label == 1, Row(models.Whole(c.Event), c.Id, c.Kind, c.Event))));

        UnseenErrors Of(string set, IEnumerable<(bool IsAttack, EvaluatedRow Row)> all) =>
            new(set, [.. all.OrderBy(r => r.IsAttack ? r.Row.Probability : -r.Row.Probability).Take(worst).Select(r => r.Row)]);

        EvaluatedRow Row(double margin, string id, string dataset, ProcessEvent e) =>
            new(calibration.Probability(margin), id, dataset, e, []);
    }
}
