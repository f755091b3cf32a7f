using Changeling.Findings;
using Changeling.Rules;

namespace Changeling.Clusters;

/// <summary>A cluster rule that fired on the window of one entity: what its detection is written from.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Evidence">What it fired on.</param>
/// <param name="IsAlert">Whether it is an alert, not evidence of incidents, a note or suppressed.</param>
/// <param name="IsSuppressed">Whether an exception suppresses it: then it is stored and never sent.</param>
public sealed record FoundCluster(RuleDefinition Rule, ClusterEvidence Evidence, bool IsAlert, bool IsSuppressed)
{
    /// <summary>The detection's id: the same for the same rule, entity and window.</summary>
    public Guid Id => ClusterFindingWriter.IdOf(Rule.Id, Evidence);
}
