namespace Changeling.Training;

/// <summary>What one threshold gives.</summary>
/// <param name="Threshold">The threshold, a probability.</param>
/// <param name="Recall">Share of attacks at or above it, 0–1.</param>
/// <param name="FalseAlarms">Share of ordinary rows at or above it, 0–1.</param>
/// <param name="Precision">Share of attacks among all rows at or above it, 0–1, at the class ratio of the rows.</param>
public sealed record OperatingPoint(double Threshold, double Recall, double FalseAlarms, double Precision)
{
    /// <summary>
    /// Neighbouring points differ by about this in recall or false alarms, so that a curve has a few hundred points at most.
    /// </summary>
    private const double Step = 0.005;

    /// <summary>The points of the ROC and of the precision-recall curve, from the highest threshold to the lowest.</summary>
    /// <returns>Empty without both attacks and ordinary rows.</returns>
    public static IReadOnlyList<OperatingPoint> Curve(IReadOnlyCollection<(double Probability, bool IsAttack)> judged)
    {
        var attacks = judged.Count(j => j.IsAttack);
        var ordinary = judged.Count - attacks;
        if (attacks == 0 || ordinary == 0) return [];

        var curve = new List<OperatingPoint>();
        var (found, wrong) = (0, 0);
        OperatingPoint? point = null;
        foreach (var tied in judged.GroupBy(j => j.Probability).OrderByDescending(g => g.Key))
        {
            var tiedAttacks = tied.Count(j => j.IsAttack);
            (found, wrong) = (found + tiedAttacks, wrong + tied.Count() - tiedAttacks);
            point = new(tied.Key, (double)found / attacks, (double)wrong / ordinary, (double)found / (found + wrong));
            if (curve.Count == 0 || point.Recall - curve[^1].Recall >= Step || point.FalseAlarms - curve[^1].FalseAlarms >= Step)
                curve.Add(point);
        }

        if (point != curve[^1]) curve.Add(point!);
        return curve;
    }
}
