using Changeling.Rules;

namespace Changeling.Deciding;

/// <summary>Which launches the model dislikes: malicious ones, and those that are not far from it.</summary>
internal static class Dislike
{
    /// <summary>How far below the model threshold a launch may be, in log-odds.</summary>
    private const double Distance = 2;

    /// <summary>Whether a launch is disliked.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="threshold">The model threshold, 0–1.</param>
    public static bool Of(Evidence evidence, double threshold) =>
        evidence.IsMalicious
        || LogOdds(Math.Max(evidence.Prediction.Probability, evidence.Prediction.Act ?? 0)) >= LogOdds(threshold) - Distance;

    private static double LogOdds(double probability) => Math.Log(probability / (1 - probability));
}
