namespace Changeling.Model;

/// <summary>Turns a margin into a probability: 1 / (1 + e^−(slope · margin + offset)). Fitted on scores of rows that were not trained on.</summary>
/// <param name="Slope">Positive: probability rises with the margin.</param>
/// <param name="Offset">In log-odds.</param>
public sealed record PlattCalibration(double Slope, double Offset)
{
    private const int Rounds = 100;

    /// <summary>The probability of a margin, 0–1.</summary>
    public double Probability(double margin) => 1 / (1 + Math.Exp(-((Slope * margin) + Offset)));

    /// <summary>Fits by Newton's method on the weighted log loss, with Platt's smoothed targets.</summary>
    public static PlattCalibration Fit(IReadOnlyCollection<(double Margin, bool IsAttack, double Weight)> rows)
    {
        double positives = rows.Where(r => r.IsAttack).Sum(r => r.Weight), negatives = rows.Where(r => !r.IsAttack).Sum(r => r.Weight);
        double high = (positives + 1) / (positives + 2), low = 1 / (negatives + 2);
        double slope = 1, offset = 0;
        for (var round = 0; round < Rounds; round++)
        {
            double gradientSlope = 0, gradientOffset = 0, ss = 1e-9, so = 0, oo = 1e-9;
            foreach (var (margin, isAttack, weight) in rows)
            {
                var p = new PlattCalibration(slope, offset).Probability(margin);
                var error = weight * (p - (isAttack ? high : low));
                var curve = weight * p * (1 - p);
                gradientSlope += error * margin;
                gradientOffset += error;
                ss += curve * margin * margin;
                so += curve * margin;
                oo += curve;
            }

            var determinant = (ss * oo) - (so * so);
            if (Math.Abs(determinant) < 1e-12) break;
            var stepSlope = ((oo * gradientSlope) - (so * gradientOffset)) / determinant;
            var stepOffset = ((ss * gradientOffset) - (so * gradientSlope)) / determinant;
            slope = Math.Max(slope - stepSlope, 0.05);
            offset -= stepOffset;
            if (Math.Abs(stepSlope) + Math.Abs(stepOffset) < 1e-9) break;
        }

        return new(slope, offset);
    }
}
