namespace Changeling.Training;

/// <summary>How well scores rank attacks above ordinary rows.</summary>
/// <param name="Attacks">Number of attacks.</param>
/// <param name="Ordinary">Number of ordinary rows.</param>
/// <param name="RocAuc">Chance that an attack scores above an ordinary row, ties half, 0–1; NaN without both.</param>
/// <param name="AveragePrecision">Area under precision over recall, 0–1.</param>
/// <param name="RecallAt01">Share of attacks above the highest 0.1 % of ordinary rows.</param>
/// <param name="RecallAt1">The same at 1 %.</param>
/// <param name="RecallAt5">The same at 5 %.</param>
public sealed record RankingMetrics(
    int Attacks, int Ordinary, double RocAuc, double AveragePrecision, double RecallAt01, double RecallAt1, double RecallAt5)
{
    /// <summary>Measures a set of scores.</summary>
    public static RankingMetrics Of(IEnumerable<(double Score, bool IsAttack)> scores)
    {
        var all = scores.ToArray();
        var margins = Array.ConvertAll(all, s => -s.Score);
        var isAttack = Array.ConvertAll(all, s => s.IsAttack);
        Array.Sort(margins, isAttack);
        var attacks = isAttack.Count(a => a);
        var ordinary = isAttack.Length - attacks;
        if (attacks == 0 || ordinary == 0) return new(attacks, ordinary, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

        double area = 0, precision = 0;
        int attacksAbove = 0, ordinaryAbove = 0;
        int[] allowed = [(int)(ordinary * 0.001), (int)(ordinary * 0.01), (int)(ordinary * 0.05)];
        var found = new int[3];
        for (int i = 0, next; i < margins.Length; i = next)
        {
            var tied = 0;
            for (next = i; next < margins.Length && margins[next] == margins[i]; next++) if (isAttack[next]) tied++;
            var tiedOrdinary = next - i - tied;
            area += tiedOrdinary * (attacksAbove + (tied / 2.0));
            (attacksAbove, ordinaryAbove) = (attacksAbove + tied, ordinaryAbove + tiedOrdinary);
            precision += (double)tied / attacks * attacksAbove / next;
            for (var k = 0; k < found.Length; k++) if (ordinaryAbove <= allowed[k]) found[k] = attacksAbove;
        }

        return new(attacks, ordinary, area / attacks / ordinary, precision, Share(0), Share(1), Share(2));

        double Share(int k) => (double)found[k] / attacks;
    }

    /// <summary>The lowest threshold at which at most a share of ordinary scores is at or above it.</summary>
    public static double ThresholdAt(IEnumerable<double> ordinaryScores, double share)
    {
        var sorted = ordinaryScores.OrderDescending().ToList();
        var allowed = (int)(sorted.Count * share);
        return sorted.Count == 0 ? 0.5 : allowed >= sorted.Count ? 0 : Math.BitIncrement(sorted[allowed]);
    }
}
