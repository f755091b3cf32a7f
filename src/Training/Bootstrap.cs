namespace Changeling.Training;

/// <summary>
/// Draws datasets with replacement: rows of one recording go together, so intervals are as wide as new recordings deserve.
/// </summary>
internal static class Bootstrap
{
    /// <summary>The figures of each draw; a part that has only one dataset is drawn row by row instead.</summary>
    public static IReadOnlyList<RankingMetrics> Draw(IReadOnlyList<HeldOutScore> scores, int resamples, int seed)
    {
        var datasets = scores.GroupBy(s => s.Row.Dataset, StringComparer.Ordinal).Select(g => g.ToArray()).ToArray();
        var units = datasets.Length > 1 ? datasets : [.. scores.Select(s => new[] { s })];
        return
        [
            .. Enumerable.Range(0, resamples).AsParallel().AsOrdered().Select(draw =>
            {
                var random = new Random(HashCode(seed, draw));
                return Evaluation.Of(Enumerable.Range(0, units.Length).SelectMany(_ => units[random.Next(units.Length)]));
            }),
        ];
    }

    private static int HashCode(int seed, int draw) => unchecked((seed * 1_000_003) + draw);
}
