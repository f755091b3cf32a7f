namespace Changeling.Evaluation.Rankings;

/// <summary>How well a score ranks attacks above background.</summary>
/// <param name="RocAuc">Probability that an attack's step ranks above a background launch; ties count half.</param>
/// <param name="RecallAt1">Share of steps at or above a threshold that at most 1 % of the background reaches.</param>
/// <param name="RecallAt01">The same at 0.1 %; <see langword="null"/> if the background is too small.</param>
/// <param name="ChainsAt1">Share of recordings with such a step at 1 %.</param>
/// <param name="ChainsAt01">The same at 0.1 %.</param>
public sealed record Ranking(double RocAuc, double RecallAt1, double? RecallAt01, double ChainsAt1, double? ChainsAt01)
{
    /// <summary>A share of the background that is less than one launch gives no result.</summary>
    private const double LeastBackground = 1_000;

    /// <summary>Computes a ranking; <see langword="null"/> without attacks or without background.</summary>
    /// <param name="measured">The launches.</param>
    /// <param name="score">The score; higher means more likely an attack.</param>
    internal static Ranking? Of(IReadOnlyList<Measured> measured, Func<Measured, double> score)
    {
        var sorted = measured.Select(m => (Score: score(m), Launch: m)).OrderByDescending(s => s.Score).ToArray();
        var attacks = measured.Where(m => m.IsAttack).Sum(m => m.Weight);
        var background = measured.Where(m => !m.IsAttack).Sum(m => m.Weight);
        if (attacks == 0 || background == 0) return null;

        var (at1, at01) = (At(sorted, background * 0.01, attacks), At(sorted, background * 0.001, attacks));
        var enough = background >= LeastBackground;
        return new Ranking(
            Area(sorted) / attacks / background, at1.Recall, enough ? at01.Recall : null, at1.Chains, enough ? at01.Chains : null);
    }

    private static double Area((double Score, Measured Launch)[] sorted)
    {
        double area = 0, above = 0;
        for (int i = 0, next; i < sorted.Length; i = next)
        {
            double tiedAttacks = 0, tiedBackground = 0;
            for (next = i; next < sorted.Length && sorted[next].Score == sorted[i].Score; next++)
            {
                if (sorted[next].Launch.IsAttack) tiedAttacks += sorted[next].Launch.Weight;
                else tiedBackground += sorted[next].Launch.Weight;
            }

            area += tiedBackground * (above + (tiedAttacks / 2));
            above += tiedAttacks;
        }

        return area;
    }

    /// <summary>
    /// The launches at or above the lowest threshold that at most this share of the background reaches. Launches with equal scores are on
    /// the same side.
    /// </summary>
    private static (double Recall, double Chains) At((double Score, Measured Launch)[] sorted, double allowed, double attacks)
    {
        double background = 0, passed = 0;
        var taken = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (!sorted[i].Launch.IsAttack) background += sorted[i].Launch.Weight;
            if (background > allowed) break;
            if (i + 1 == sorted.Length || sorted[i + 1].Score != sorted[i].Score) taken = i + 1;
        }

        var chains = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, launch) in sorted.Take(taken).Where(s => s.Launch.IsAttack))
        {
            passed += launch.Weight;
            chains.Add(launch.Row!.Dataset);
        }

        var all = sorted.Where(s => s.Launch.IsAttack).Select(s => s.Launch.Row!.Dataset).Distinct(StringComparer.Ordinal).Count();
        return (passed / attacks, (double)chains.Count / all);
    }
}
