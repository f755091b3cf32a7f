using Changeling.Counts;

namespace Changeling.Rules;

/// <summary>When a rule fires on the sum of many launches: all parts must hold.</summary>
/// <param name="By">What launches are summed by.</param>
/// <param name="LaunchesAtLeast">Launches classified as malicious in the window; at least 3.</param>
/// <param name="ChildrenAtLeast">Distinct children among them; at least 1, at most <see cref="MaliciousSum.MaxChildren"/>.</param>
/// <param name="DeviationsAtLeast">Standard deviations that the sum of probabilities must lie above the entity's own mean.</param>
/// <param name="MeanProbabilityAtLeast">
/// Mean of the launches' probabilities, 0–1: many launches just above the model threshold are usually a scheduled job, not an attack.
/// </param>
public sealed record ClusterCondition(
    ClusterKind By, int LaunchesAtLeast, int ChildrenAtLeast, double DeviationsAtLeast, double MeanProbabilityAtLeast = 0)
{
    private const int LeastLaunches = 3;

    /// <summary>Whether the condition holds.</summary>
    public bool Holds(ClusterEvidence evidence) =>
        evidence.Kind == By && evidence.Launches >= LaunchesAtLeast && evidence.Children.Count >= ChildrenAtLeast
        && evidence.Deviations >= DeviationsAtLeast && evidence.MeanProbability >= MeanProbabilityAtLeast;

    /// <summary>The error in the condition; <see langword="null"/> if it is valid.</summary>
    public string? Problem() => this switch
    {
        { LaunchesAtLeast: < LeastLaunches } => $"cluster.launchesAtLeast is {LaunchesAtLeast}, must be at least {LeastLaunches}",
        { ChildrenAtLeast: < 1 or > MaliciousSum.MaxChildren } =>
            $"cluster.childrenAtLeast is {ChildrenAtLeast}, must be from 1 to {MaliciousSum.MaxChildren}",
        { DeviationsAtLeast: <= 0 or double.NaN } => $"cluster.deviationsAtLeast is {DeviationsAtLeast}, must be above 0",
        { MeanProbabilityAtLeast: not (>= 0 and < 1) } =>
            $"cluster.meanProbabilityAtLeast is {MeanProbabilityAtLeast}, must be at least 0 and below 1",
        _ => null,
    };
}
