using Changeling.Functions.Models;
using Changeling.Functions.RuleFiles;

namespace Changeling.Functions.Fleet;

/// <summary>What an invocation pins: the current model with its prior, the rules, and the fleet as last heard.</summary>
internal sealed class CurrentSnapshot(ModelHost models, RulesHost rules, FleetHost fleet) : ISnapshotSource
{
    /// <inheritdoc/>
    public PipelineSnapshot Current => models.Current with { Rules = rules.Current, Fleet = fleet.View };

    /// <inheritdoc/>
    public string? ModelVersion => rules.IsLoaded ? models.ModelVersion : null;
}
