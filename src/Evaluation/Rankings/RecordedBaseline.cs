using Changeling.Counts;
using Changeling.Evaluation.Priors;
using Changeling.Rarity;
using Changeling.Training;

namespace Changeling.Evaluation.Rankings;

/// <summary>
/// Recordings above the benign launches of all other repositories; the measures use nothing else. Each recording is replayed in its order
/// on top of them, attack and background alike. Every launch is rated before it is counted.
/// </summary>
internal static class RecordedBaseline
{
    /// <summary>Rates the recordings of every repository that has attacks.</summary>
    /// <param name="corpus">Rows that can be rated.</param>
    /// <param name="isRanked">Which recordings are ranked.</param>
    /// <param name="probability">The probability from the model that was not trained on the row's recording.</param>
    public static BaselineReport Measure(
        IReadOnlyList<CorpusRow> corpus, Func<CorpusRow, bool> isRanked, Func<CorpusRow, double> probability)
    {
        var measured = new List<Measured>();
        string[] names = [];
        foreach (
            var repository in corpus.Where(r => r.Label == 1 && isRanked(r))
                .Select(r => r.Repository)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal))
        {
            List<CorpusRow> others = [.. corpus.Where(r => r.Label == 0 && r.Repository != repository)];
            var measures = Measures.Of([.. others.Select(Launch)]);
            names = [.. measures.Select(m => m.Name)];
            var counts = new CountedLaunches(HalfLife.Never, default);
            foreach (var row in others) Count(counts, row);

            List<CorpusRow> own = [.. corpus.Where(r => r.Repository == repository && isRanked(r))];
            var weights = own.CountBy(r => (r.TupleId, r.Label)).ToDictionary(t => t.Key, t => 1.0 / t.Value);
            foreach (var recording in own.GroupBy(r => r.Dataset, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
                measured.AddRange(
                    Replay(InOrder(recording), counts.Above(), measures, r => (probability(r), weights[(r.TupleId, r.Label)])));
        }

        return new BaselineReport(
            "other repositories' background", corpus.Count(r => r.Label == 0), RarityGroups.Of(measured, names, sharedBackground: false));
    }

    /// <summary>A row as a launch.</summary>
    public static RecordedLaunch Launch(CorpusRow row) => PriorMaking.Launch(row.Dataset, row.Event);

    /// <summary>The rows of a recording in recorded order; rows without a time keep the order of their file.</summary>
    public static IReadOnlyList<CorpusRow> InOrder(IEnumerable<CorpusRow> recording)
    {
        var rows = recording.ToList();
        return [.. rows.OrderBy(r => r.Time ?? rows[0].Time)];
    }

    private static IEnumerable<Measured> Replay(
        IReadOnlyList<CorpusRow> rows, CountedLaunches counts, IReadOnlyList<IRarityMeasure> measures,
        Func<CorpusRow, (double Probability, double Weight)> of)
    {
        foreach (var row in rows)
        {
            var launch = Launch(row);
            var look = new Look(counts.Of(launch.Lineage.Parent), launch.ParentClass, launch.Lineage.Child);
            var (probability, weight) = of(row);
            yield return new Measured(row, [.. measures.Select(m => m.Surprise(look))], probability, weight);
            Count(counts, row);
        }
    }

    private static void Count(CountedLaunches counts, CorpusRow row)
    {
        var (parent, child) = Launch(row).Lineage;
        counts.Of(parent).Count(child, row.Event.Time, day: 0);
    }
}
