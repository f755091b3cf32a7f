namespace Changeling.Training;

/// <summary>Rows with about the same probability, and how many of them are attacks.</summary>
/// <param name="From">Lower end of the bin, 0–1.</param>
/// <param name="To">Upper end, 0–1.</param>
/// <param name="Rows">Number of rows in it.</param>
/// <param name="MeanProbability">Mean of the model's probabilities, 0–1.</param>
/// <param name="Attacks">Share of attacks, 0–1: the same as the mean for a model that is calibrated to these rows.</param>
public sealed record ReliabilityBin(double From, double To, int Rows, double MeanProbability, double Attacks)
{
    private const int Bins = 10;

    /// <summary>The bins that have rows, ascending.</summary>
    public static IReadOnlyList<ReliabilityBin> Of(IEnumerable<(double Probability, bool IsAttack)> judged) =>
    [
        .. judged.GroupBy(j => Math.Min(Bins - 1, (int)(j.Probability * Bins)))
            .OrderBy(g => g.Key)
            .Select(g => new ReliabilityBin(
                (double)g.Key / Bins,
                (g.Key + 1.0) / Bins,
                g.Count(),
                g.Average(j => j.Probability),
                g.Average(j => j.IsAttack ? 1.0 : 0))),
    ];
}
