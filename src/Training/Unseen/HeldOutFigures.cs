namespace Changeling.Training.Unseen;

/// <summary>The figures of recordings and of the wild sets, from scores of held-out rows.</summary>
internal static class HeldOutFigures
{
    private const double OrdinaryShare = 0.01;

    /// <summary>Recordings whose source was held out, with the look-alikes and ordinary recordings beside them.</summary>
    /// <param name="scores">Scores of the events as they are.</param>
    /// <param name="margin">The margin at the threshold.</param>
    public static IEnumerable<UnseenFigure> Recordings(IReadOnlyList<HeldOutScore> scores, double margin)
    {
        var strong = scores.Where(Evaluation.IsStrong).ToList();
        var recorded = strong.Where(s => s.Row.IsRecorded).ToList();
        var repositories = recorded.GroupBy(s => s.Row.Repository, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal);
        return
        [
            .. Of("all recordings", recorded),
            .. repositories.SelectMany(repository => Of(repository.Key, [.. repository])),
            .. Shares("recordings", "look-alikes", strong.Where(s => s.Row.Role == CorpusRole.BenignSynthetic), margin),
        ];

        IEnumerable<UnseenFigure> Of(string set, IReadOnlyList<HeldOutScore> part)
        {
            var attacks = new DatasetTuples(part.Where(s => s.Row.Label == 1));
            var ordinary = new DatasetTuples(part.Where(s => s.Row.Label == 0));
            var auc = Evaluation.Of(new Evaluation(part).Tuples);
            return
            [
                Figure("recall at the threshold, by recording", attacks.ShareAbove(margin), attacks),
                Figure("recall at the threshold, by tuple", attacks.ShareOfTuplesAbove(margin), attacks),
                new("recordings", set, "ROC-AUC, by tuple", auc.RocAuc, auc.Attacks + auc.Ordinary, attacks.Datasets),
                Figure("ordinary above the threshold, by recording", ordinary.ShareAbove(margin), ordinary),
                Figure("ordinary above the threshold, by tuple", ordinary.ShareOfTuplesAbove(margin), ordinary),
            ];

            UnseenFigure Figure(string measure, double value, DatasetTuples of) =>
                new("recordings", set, measure, value, of.Count, of.Datasets);
        }
    }

    /// <summary>The wild sets, both classes with the same fields.</summary>
    /// <param name="scores">Scores of the events with the common fields only.</param>
    /// <param name="withoutParent">The same without the parent.</param>
    /// <param name="margin">The margin at the threshold.</param>
    public static IEnumerable<UnseenFigure> Wild(
        IReadOnlyList<HeldOutScore> scores, IReadOnlyList<HeldOutScore> withoutParent, double margin)
    {
        var attacks = scores.Where(s => s.Row is { Role: CorpusRole.WildAttacks, Label: 1 } && Evaluation.IsStrong(s)).ToList();
        var byParent = attacks.ToLookup(s => s.Row.Event.Parent is not null);
        return
        [
            .. Of("attacks, with a parent", byParent[true], scores),
            .. Of("attacks, without a parent", byParent[false], withoutParent),
            .. Of("attacks, all", attacks, scores),
            .. Shares("wild", "ordinary", scores.Where(s => s.Row is { Role: CorpusRole.WildOrdinary, Label: 0 }), margin),
            .. Shares("wild", "administration", scores.Where(s => s.Row is { Role: CorpusRole.WildAdministration, Label: 0 }), margin),
        ];

        IEnumerable<UnseenFigure> Of(string set, IEnumerable<HeldOutScore> part, IReadOnlyList<HeldOutScore> others)
        {
            var tuples = new DatasetTuples(part);
            var ordinary = new DatasetTuples(
                others.Where(s => s.Row.Label == 0 && (s.Row.IsRecorded || s.Row.Role == CorpusRole.WildOrdinary)));
            var at1 = RankingMetrics.ThresholdAt(ordinary.Margins, OrdinaryShare);
            var auc = RankingMetrics.Of(tuples.Margins.Select(m => (m, true)).Concat(ordinary.Margins.Select(m => (m, false))));
            return
            [
                Figure("recall at the threshold, by dataset", tuples.ShareAbove(margin)),
                Figure("recall at 1 % of ordinary, by dataset", tuples.ShareAbove(at1)),
                Figure("datasets with any launch found, at the threshold", tuples.DatasetsWithAnyAbove(margin)),
                Figure("datasets with any launch found, at 1 % of ordinary", tuples.DatasetsWithAnyAbove(at1)),
                Figure("ROC-AUC, by tuple", auc.RocAuc),
                Figure("ROC-AUC, by dataset", DatasetTuples.RocAuc(tuples, ordinary)),
            ];

            UnseenFigure Figure(string measure, double value) => new("wild", set, measure, value, tuples.Count, tuples.Datasets);
        }
    }

    private static UnseenFigure[] Shares(string part, string set, IEnumerable<HeldOutScore> scores, double margin)
    {
        var tuples = new DatasetTuples(scores);
        return
        [
            new(part, set, "above the threshold, by dataset", tuples.ShareAbove(margin), tuples.Count, tuples.Datasets),
            new(part, set, "above the threshold, by tuple", tuples.ShareOfTuplesAbove(margin), tuples.Count, tuples.Datasets),
        ];
    }
}
