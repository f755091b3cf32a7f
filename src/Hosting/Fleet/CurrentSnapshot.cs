using Changeling.Deciding;
using Changeling.Hosting.ExceptionFiles;
using Changeling.Hosting.Models;
using Changeling.Hosting.RuleFiles;

namespace Changeling.Hosting.Fleet;

/// <summary>
/// Creates the snapshot for an invocation: the current model with its prior, the rules, the exceptions, and the last fleet view.
/// </summary>
internal sealed class CurrentSnapshot(
    ModelHost models, RulesHost rules, ExceptionsHost exceptions, FleetHost fleet, TimeProvider time) : ISnapshotSource
{
    private readonly FirstLoad _first = new(time);

    /// <inheritdoc/>
    public string? ModelVersion => rules.IsLoaded && exceptions.IsLoaded ? models.ModelVersion : null;

    /// <inheritdoc/>
    public async Task<PipelineSnapshot> WaitAsync(CancellationToken cancellationToken)
    {
        await _first.WaitAsync([("model", models.Loaded), ("rules", rules.Loaded), ("exceptions", exceptions.Loaded)], cancellationToken);
        return models.Current with { Rules = rules.Current, Exceptions = exceptions.Current, Fleet = fleet.View };
    }
}
