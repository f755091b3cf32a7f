using Changeling.Exceptions;
using Changeling.Features;
using Changeling.Rarity;
using Changeling.Rules;

namespace Changeling.Deciding;

/// <summary>
/// What one invocation works with, pinned for its whole length: a reload takes effect with the next invocation.
/// </summary>
/// <param name="Model">The supervised model.</param>
/// <param name="Prior">The shipped lineage counts, classes and calibration.</param>
/// <param name="Rules">The enabled rules.</param>
public sealed record PipelineSnapshot(IModel Model, Prior Prior, RuleSet Rules)
{
    /// <summary>The exceptions in force.</summary>
    public ExceptionList Exceptions { get; init; } = ExceptionList.Empty;

    /// <summary>What the other event partitions have counted, some minutes old.</summary>
    public FleetView Fleet { get; init; } = FleetView.Empty;
}
