namespace Changeling.Model;

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
        var ranked = scores.OrderByDescending(s => s.Score).ToList();
        var attacks = ranked.Count(s => s.IsAttack);
        var ordinary = ranked.Count - attacks;
        if (attacks == 0 || ordinary == 0) return new(attacks, ordinary, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        return new(attacks, ordinary, RocAucOf(ranked, attacks, ordinary), AveragePrecisionOf(ranked, attacks), RecallAt(ranked, 0.001), RecallAt(ranked, 0.01), RecallAt(ranked, 0.05));
    }

    /// <summary>The lowest threshold at which at most a share of ordinary scores is at or above it.</summary>
    public static double ThresholdAt(IEnumerable<double> ordinaryScores, double share)
    {
        var sorted = ordinaryScores.OrderDescending().ToList();
        var allowed = (int)(sorted.Count * share);
        return sorted.Count == 0 ? 0.5 : allowed >= sorted.Count ? 0 : Math.BitIncrement(sorted[allowed]);
    }

    private static double RecallAt(List<(double Score, bool IsAttack)> ranked, double share)
    {
        var threshold = ThresholdAt(ranked.Where(s => !s.IsAttack).Select(s => s.Score), share);
        var attacks = ranked.Where(s => s.IsAttack).ToList();
        return (double)attacks.Count(s => s.Score >= threshold) / attacks.Count;
    }

    private static double RocAucOf(List<(double Score, bool IsAttack)> ranked, int attacks, int ordinary)
    {
        double area = 0;
        long attacksAbove = 0;
        foreach (var tie in ranked.GroupBy(s => s.Score))
        {
            var tiedAttacks = tie.Count(s => s.IsAttack);
            var tiedOrdinary = tie.Count() - tiedAttacks;
            area += tiedOrdinary * (attacksAbove + (tiedAttacks / 2.0));
            attacksAbove += tiedAttacks;
        }

        return area / attacks / ordinary;
    }

    private static double AveragePrecisionOf(List<(double Score, bool IsAttack)> ranked, int attacks)
    {
        double sum = 0;
        int seen = 0, hits = 0;
        foreach (var tie in ranked.GroupBy(s => s.Score))
        {
            var tiedAttacks = tie.Count(s => s.IsAttack);
            seen += tie.Count();
            hits += tiedAttacks;
            sum += (double)tiedAttacks / attacks * hits / seen;
        }

        return sum;
    }
}
