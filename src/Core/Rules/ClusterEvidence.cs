using Changeling.Counts;

namespace Changeling.Rules;

/// <summary>What is known of one entity's window when the cluster rules look at it.</summary>
/// <param name="Kind">What the entity is.</param>
/// <param name="Entity">The parent, host or user.</param>
/// <param name="Start">Start of the window, UTC.</param>
/// <param name="Launches">Launches classified as malicious in the window, over all event partitions.</param>
/// <param name="ProbabilitySum">Sum of their probabilities.</param>
/// <param name="Mean">Mean of that sum over the entity's windows before, those without launches included, decayed.</param>
/// <param name="Deviation">Its standard deviation.</param>
/// <param name="Windows">Decayed number of windows behind mean and deviation; 0 for an entity never seen with a malicious launch.</param>
/// <param name="Children">Some of the children that were started, at most <see cref="MaliciousSum.MaxChildren"/>.</param>
public sealed record ClusterEvidence(
    ClusterKind Kind,
    string Entity,
    DateTimeOffset Start,
    int Launches,
    double ProbabilitySum,
    double Mean,
    double Deviation,
    double Windows,
    IReadOnlyList<string> Children)
{
    /// <summary>The least deviation that is believed: an entity that was quiet for days is not infinitely surprising.</summary>
    public const double LeastDeviation = 0.5;

    /// <summary>End of the window, UTC: when the detection is made, whenever the timer comes to it.</summary>
    public DateTimeOffset End => Start + ClockWindow.Length;

    /// <summary>Mean of the launches' probabilities, 0–1.</summary>
    public double MeanProbability => Launches == 0 ? 0 : ProbabilitySum / Launches;

    /// <summary>How many standard deviations the sum lies above the mean.</summary>
    public double Deviations => (ProbabilitySum - Mean) / Math.Max(Deviation, LeastDeviation);
}
