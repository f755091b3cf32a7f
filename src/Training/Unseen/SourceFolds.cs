namespace Changeling.Training.Unseen;

/// <summary>
/// Folds that hold out sources: all recordings of one repository share a fold, because they share machines, tools and habits. All other
/// rows are held out by dataset.
/// </summary>
internal static class SourceFolds
{
    /// <summary>The fold of each row, 0 to <see cref="CorpusFolds.Count"/> − 1.</summary>
    /// <remarks>The largest repository takes the first fold, each next one the fold with the fewest recorded rows.</remarks>
    public static Func<CorpusRow, int> Of(IEnumerable<CorpusRow> rows)
    {
        var sizes = new int[CorpusFolds.Count];
        var folds = new Dictionary<string, int>(StringComparer.Ordinal);
        var repositories = rows.Where(r => r.IsRecorded && r.Label is not null)
            .GroupBy(r => r.Repository, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal);
        foreach (var repository in repositories)
        {
            var fold = Array.IndexOf(sizes, sizes.Min());
            folds[repository.Key] = fold;
            sizes[fold] += repository.Count();
        }

        return row => row.IsRecorded && folds.TryGetValue(row.Repository, out var fold) ? fold : CorpusFolds.Of(row.Dataset);
    }
}
