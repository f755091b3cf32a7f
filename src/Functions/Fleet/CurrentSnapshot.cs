using Changeling.Functions.ExceptionFiles;
using Changeling.Functions.Models;
using Changeling.Functions.RuleFiles;

namespace Changeling.Functions.Fleet;

/// <summary>What an invocation pins: the current model with its prior, the rules, the exceptions, and the fleet as last heard.</summary>
internal sealed class CurrentSnapshot(ModelHost models, RulesHost rules, ExceptionsHost exceptions, FleetHost fleet) : ISnapshotSource
{
    /// <inheritdoc/>
    public PipelineSnapshot Current => models.Current with { Rules = rules.Current, Exceptions = exceptions.Current, Fleet = fleet.View };

    /// <inheritdoc/>
    public string? ModelVersion => rules.IsLoaded && exceptions.IsLoaded ? models.ModelVersion : null;
}
