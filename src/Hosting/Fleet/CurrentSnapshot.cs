using Changeling.Hosting.ExceptionFiles;
using Changeling.Hosting.Models;
using Changeling.Hosting.RuleFiles;

namespace Changeling.Hosting.Fleet;

/// <summary>What an invocation pins: the current model with its prior, the rules, the exceptions, and the fleet as last heard.</summary>
internal sealed class CurrentSnapshot(ModelHost models, RulesHost rules, ExceptionsHost exceptions, FleetHost fleet, TimeProvider time) : ISnapshotSource
{
    /// <summary>Less than <c>functionTimeout</c> in host.json, so that an invocation that waits ends with a sentence and the worker stays alive.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public string? ModelVersion => rules.IsLoaded && exceptions.IsLoaded ? models.ModelVersion : null;

    /// <inheritdoc/>
    public async Task<PipelineSnapshot> WaitAsync(CancellationToken cancellationToken)
    {
        var loaded = Task.WhenAll(models.Loaded, rules.Loaded, exceptions.Loaded);
        if (!loaded.IsCompleted) await WaitAsync(loaded, cancellationToken);
        return models.Current with { Rules = rules.Current, Exceptions = exceptions.Current, Fleet = fleet.View };
    }

    private async Task WaitAsync(Task loaded, CancellationToken cancellationToken)
    {
        try
        {
            await loaded.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            var missing = !models.Loaded.IsCompleted ? "model is" : !rules.Loaded.IsCompleted ? "rules are" : "exceptions are";
            throw new StoreUnavailableException($"The {missing} not loaded after {Patience.TotalMinutes} minutes: the log says what the app waits for.");
        }
    }
}
