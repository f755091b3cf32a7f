using Changeling.Counts;

namespace Changeling.Rules;

/// <summary>The evidence on one entity's window, which the cluster rules evaluate.</summary>
/// <param name="Kind">What the entity is.</param>
/// <param name="Entity">The parent, host or user.</param>
/// <param name="Start">Start of the window, UTC.</param>
/// <param name="Launches">Launches classified as malicious in the window, over all event partitions.</param>
/// <param name="ProbabilitySum">Sum of their probabilities.</param>
/// <param name="Mean">Decayed mean of that sum over the entity's earlier windows, those without launches included.</param>
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
    /// <summary>Minimum deviation, so that the value of an entity without launches for days does not become infinite.</summary>
    public const double LeastDeviation = 0.5;

    /// <summary>End of the window, UTC. This is the time of the detection, independent of when the timer runs.</summary>
    public DateTimeOffset End => Start + ClockWindow.Length;

    /// <summary>Mean of the launches' probabilities, 0–1.</summary>
    public double MeanProbability => Launches == 0 ? 0 : ProbabilitySum / Launches;

    /// <summary>How many standard deviations the sum lies above the mean.</summary>
    public double Deviations => (ProbabilitySum - Mean) / Math.Max(Deviation, LeastDeviation);
}
