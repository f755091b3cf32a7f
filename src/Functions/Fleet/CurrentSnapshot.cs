using Changeling.Functions.Models;

namespace Changeling.Functions.Fleet;

/// <summary>What an invocation pins: the current model with its prior and rules, and the fleet as last heard.</summary>
internal sealed class CurrentSnapshot(ModelHost models, FleetHost fleet) : ISnapshotSource
{
    /// <inheritdoc/>
    public PipelineSnapshot Current => models.Current with { Fleet = fleet.View };

    /// <inheritdoc/>
    public string? ModelVersion => models.ModelVersion;
}
