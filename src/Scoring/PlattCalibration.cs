namespace Changeling.Scoring;

/// <summary>
/// Turns a margin into a probability: 1 / (1 + e^−(slope · margin + offset)). Fitted on scores of rows that were not trained on.
/// </summary>
/// <param name="Slope">Positive: probability rises with the margin.</param>
/// <param name="Offset">In log-odds.</param>
public sealed record PlattCalibration(double Slope, double Offset)
{
    private const int Rounds = 100;
    private const double LeastSlope = 0.01;

    /// <summary>The probability of a margin, 0–1.</summary>
    public double Probability(double margin) => 1 / (1 + Math.Exp(-((Slope * margin) + Offset)));

    /// <summary>
    /// Fits by Newton's method on the weighted log loss, with Platt's smoothed targets. A step that makes the loss worse is halved:
    /// otherwise the first step would be much too large for margins of tens of log-odds.
    /// </summary>
    public static PlattCalibration Fit(IReadOnlyCollection<(double Margin, bool IsAttack, double Weight)> rows)
    {
        double positives = rows.Where(r => r.IsAttack).Sum(r => r.Weight), negatives = rows.Where(r => !r.IsAttack).Sum(r => r.Weight);
        double high = (positives + 1) / (positives + 2), low = 1 / (negatives + 2);
        var current = new PlattCalibration(1, 0);
        var loss = current.Loss(rows, high, low);
        for (var round = 0; round < Rounds; round++)
        {
            var (slope, offset) = current.NewtonStep(rows, high, low);
            var next = current.Stepped(slope, offset, 1);
            var nextLoss = next.Loss(rows, high, low);
            for (var share = 0.5; nextLoss > loss && share > 1e-6; share /= 2)
            {
                next = current.Stepped(slope, offset, share);
                nextLoss = next.Loss(rows, high, low);
            }

            if (!(nextLoss < loss - 1e-12)) break;
            (current, loss) = (next, nextLoss);
        }

        return current;
    }

    private PlattCalibration Stepped(double slope, double offset, double share) =>
        new(Math.Max(Slope - (share * slope), LeastSlope), Offset - (share * offset));

    private (double Slope, double Offset) NewtonStep(
        IEnumerable<(double Margin, bool IsAttack, double Weight)> rows, double high, double low)
    {
        double gradientSlope = 0, gradientOffset = 0, ss = 1e-9, so = 0, oo = 1e-9;
        foreach (var (margin, isAttack, weight) in rows)
        {
            var p = Probability(margin);
            var error = weight * (p - (isAttack ? high : low));
            var curve = weight * p * (1 - p);
            gradientSlope += error * margin;
            gradientOffset += error;
            ss += curve * margin * margin;
            so += curve * margin;
            oo += curve;
        }

        var determinant = (ss * oo) - (so * so);
        return Math.Abs(determinant) < 1e-12
            ? (0, 0)
            : (((oo * gradientSlope) - (so * gradientOffset)) / determinant, ((ss * gradientOffset) - (so * gradientSlope)) / determinant);
    }

    private double Loss(IEnumerable<(double Margin, bool IsAttack, double Weight)> rows, double high, double low) => rows.Sum(r =>
    {
        var x = (Slope * r.Margin) + Offset;
        var target = r.IsAttack ? high : low;
        return r.Weight * (Math.Max(x, 0) - (x * target) + Math.Log(1 + Math.Exp(-Math.Abs(x))));
    });
}
