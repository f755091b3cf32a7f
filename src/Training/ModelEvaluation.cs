using System.Globalization;
using Changeling.Counts;
using Changeling.Rarity;
using Changeling.Scoring;

namespace Changeling.Training;

/// <summary>
/// Measures a model on labelled rows: ranking by many cuts, over unique tuples and over events, with bootstrap intervals, and the worst
/// errors.
/// </summary>
/// <remarks>Figures on rows that the model was trained on say nothing about new ones; the cross-validation of a training does.</remarks>
public static class ModelEvaluation
{
    private const int FewestOfTechnique = 3;
    private const int MaxReasons = 6;

    /// <summary>Measures. Deterministic by model, rows and seed.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">Rows of any files.</param>
    /// <param name="resamples">Bootstrap draws a group.</param>
    /// <param name="worst">How many misses and false alarms to quote.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="progress">Called after each group, 0–1.</param>
    /// <param name="cancellation">Stops between groups.</param>
    public static EvaluationReport Run(
        MlModel model, IReadOnlyList<CorpusRow> rows, int resamples, int worst, int seed, IProgress<double>? progress,
            CancellationToken cancellation)
    {
        var evaluated = rows.Where(r => r.Label is not null && !r.IsWeak).ToList();
        var scores = Score(model, evaluated, drop: null);
        var cuts = Cuts(scores);
        var groups = new List<EvaluatedGroup>();
        foreach (var (by, name, part) in cuts)
        {
            cancellation.ThrowIfCancellationRequested();
            groups.Add(Measure(by, name, part, model, resamples, seed));
            progress?.Report((double)groups.Count / (cuts.Count + FieldGroups.All.Count));
        }

        var without = new Dictionary<string, double>();
        foreach (var (name, drop) in FieldGroups.All)
        {
            cancellation.ThrowIfCancellationRequested();
            without[name] = Evaluation.Of(new Evaluation(Score(model, evaluated, drop)).Tuples).RocAuc;
            progress?.Report((double)(groups.Count + without.Count) / (cuts.Count + FieldGroups.All.Count));
        }

        var tuples = new Evaluation(scores).Tuples;
        var judged = tuples.Select(s => (Probability: Probability(model, s), IsAttack: s.Row.Label == 1)).ToList();
        return new(
            model.Identity.Version, model.Identity.Sha256, model.Identity.Threshold, rows.Count, rows.Count(r => r.Label is null),
            rows.Count(r => r.IsWeak), seed,
            Evaluation.CalibrationError(judged), groups, without,
            [.. tuples.Where(s => s.Row.Label == 1).OrderBy(s => s.Margin).Take(worst).Select(s => Evaluate(model, s))],
            [.. tuples.Where(s => s.Row.Label == 0).OrderByDescending(s => s.Margin).Take(worst).Select(s => Evaluate(model, s))])
        {
            Curve = OperatingPoint.Curve(judged),
            Reliability = ReliabilityBin.Of(judged),
        };
    }

    private static List<HeldOutScore> Score(
        MlModel model, IEnumerable<CorpusRow> rows, Func<Events.ProcessEvent, Events.ProcessEvent>? drop) =>
        [.. rows.AsParallel().AsOrdered().Select(r => new HeldOutScore(r, model.Margin(drop is null ? r.Event : drop(r.Event))))];

    private static List<(string By, string Name, IReadOnlyList<HeldOutScore> Scores)> Cuts(IReadOnlyList<HeldOutScore> scores)
    {
        var ordinary = scores.Where(s => s.Row.Label == 0).ToList();
        return
        [
            ("all", "all rows", scores),
            .. By("rows", scores, r => r.Kind),
            .. By("repository", scores, r => r.Repository),
            .. By("format", scores, r => r.Format),
            .. By("lineage", scores, LineageClass),
            .. scores.Where(s => s.Row.Label == 1).SelectMany(s => s.Row.Techniques.Distinct().Select(t => (Technique: t, Score: s)))
                .GroupBy(x => x.Technique, StringComparer.Ordinal)
                .Where(g => g.Count() >= FewestOfTechnique)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => ("technique", g.Key, (IReadOnlyList<HeldOutScore>)[.. g.Select(x => x.Score), .. ordinary])),
        ];
    }

    private static IEnumerable<(string By, string Name, IReadOnlyList<HeldOutScore> Scores)> By(
        string by, IEnumerable<HeldOutScore> scores, Func<CorpusRow, string> key) =>
        scores.GroupBy(s => key(s.Row), StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (by, g.Key, (IReadOnlyList<HeldOutScore>)[.. g]));

    private static string LineageClass(CorpusRow row) => row.Event.Parent is not { } parent
        ? "parent unknown"
        : ParentClassifier.Classify(Lineage.Of(parent.Name, row.Event.Child.Name).Parent, parent.Path).ToString();

    private static EvaluatedGroup Measure(
        string by, string name, IReadOnlyList<HeldOutScore> scores, MlModel model, int resamples, int seed)
    {
        var tuples = new Evaluation(scores).Tuples;
        var drawn = Bootstrap.Draw(tuples, resamples, seed);
        return new(
            by, name, Evaluation.Of(tuples), Evaluation.Of(scores), Above(1), Above(0),
            Interval.Of(drawn.Select(d => d.RocAuc)), Interval.Of(drawn.Select(d => d.RecallAt1)),
            Interval.Of(drawn.Select(d => d.RecallAt5)));

        double Above(int label) =>
            tuples.Where(s => s.Row.Label == label)
                .Select(s => Probability(model, s) >= model.Identity.Threshold ? 1.0 : 0)
                .DefaultIfEmpty(double.NaN)
                .Average();
    }

    private static double Probability(MlModel model, HeldOutScore score) => model.Calibrated(score.Margin);

    private static EvaluatedRow Evaluate(MlModel model, HeldOutScore score) => new(
        Probability(model, score), score.Row.Id, score.Row.Dataset, score.Row.Event,
        [.. model.Explain(score.Row.Event).Reasons(MaxReasons)
            .Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Feature} {r.Weight:+0.00;-0.00}"))]);
}
