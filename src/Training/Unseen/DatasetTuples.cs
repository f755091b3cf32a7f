namespace Changeling.Training.Unseen;

/// <summary>Scores of unique tuples within their datasets: a recording that repeats a launch counts it once.</summary>
internal sealed class DatasetTuples
{
    private readonly IReadOnlyList<IReadOnlyList<double>> _byDataset;

    public DatasetTuples(IEnumerable<HeldOutScore> scores) => _byDataset =
    [
        .. scores.GroupBy(s => s.Row.Dataset, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.GroupBy(s => s.Row.TupleId, StringComparer.Ordinal).Select(t => t.Average(s => s.Margin)).ToList()),
    ];

    /// <summary>Number of datasets.</summary>
    public int Datasets => _byDataset.Count;

    /// <summary>Number of tuples, those of different datasets apart.</summary>
    public int Count => _byDataset.Sum(d => d.Count);

    /// <summary>The margins of all tuples.</summary>
    public IEnumerable<double> Margins => _byDataset.SelectMany(d => d);

    /// <summary>The mean over datasets of the share of a dataset's tuples at or above a margin; NaN without any.</summary>
    public double ShareAbove(double margin) =>
        _byDataset.Select(d => Share(d, margin)).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The share of all tuples at or above a margin; NaN without any.</summary>
    public double ShareOfTuplesAbove(double margin) => Share([.. Margins], margin);

    /// <summary>The share of datasets with at least one tuple at or above a margin; NaN without any.</summary>
    public double DatasetsWithAnyAbove(double margin) =>
        _byDataset.Select(d => d.Any(m => m >= margin) ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average();

    /// <summary>
    /// The chance that a tuple of a drawn dataset of attacks scores above one of a drawn dataset of ordinary launches, ties half; NaN
    /// without both.
    /// </summary>
    public static double RocAuc(DatasetTuples attacks, DatasetTuples ordinary)
    {
        if (attacks.Datasets == 0 || ordinary.Datasets == 0) return double.NaN;
        double below = 0, area = 0;
        var weighted = attacks.Weighted().Select(w => (w.Margin, w.Weight, IsAttack: true))
            .Concat(ordinary.Weighted().Select(w => (w.Margin, w.Weight, IsAttack: false)));
        foreach (var tied in weighted.GroupBy(w => w.Margin).OrderBy(g => g.Key))
        {
            var ordinaryHere = tied.Where(w => !w.IsAttack).Sum(w => w.Weight);
            area += tied.Where(w => w.IsAttack).Sum(w => w.Weight) * (below + (ordinaryHere / 2));
            below += ordinaryHere;
        }

        return area;
    }

    private IEnumerable<(double Margin, double Weight)> Weighted() =>
        _byDataset.SelectMany(d => d.Select(margin => (margin, 1.0 / d.Count / _byDataset.Count)));

    private static double Share(IReadOnlyCollection<double> margins, double margin) =>
        margins.Count == 0 ? double.NaN : (double)margins.Count(m => m >= margin) / margins.Count;
}
