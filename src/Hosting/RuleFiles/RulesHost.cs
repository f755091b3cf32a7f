using Changeling.Hosting.Observing;
using Changeling.Rules;
using Changeling.Storage;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.RuleFiles;

/// <summary>
/// Loads the rules and keeps them up to date: the shipped rules with the changes and additions from the files in container <c>rules</c>.
/// </summary>
internal sealed class RulesHost(
    StorageClients storage,
    JsonBlobs blobs,
    IOptions<RulesOptions> options,
    PipelineMetrics metrics,
    TimeProvider time,
    ILogger<RulesHost> logger)
    : FileFollower<RuleSet>(storage, blobs, options.Value.PollInterval, time)
{
    private readonly RuleSet _shipped = RuleSet.Shipped.Under(options.Value.AttackVersion);
    private readonly Dictionary<string, IRuleChange> _good = new(StringComparer.Ordinal);

    /// <summary>The rules for an invocation.</summary>
    /// <exception cref="InvalidOperationException">
    /// Read before <see cref="FileFollower{T}.Loaded"/>: a rule that a user has switched off must not fire.
    /// </exception>
    public RuleSet Current => Composed ?? throw new InvalidOperationException("The rules are read before they are loaded.");

    /// <inheritdoc/>
    protected override RuleSet Otherwise => _shipped;

    /// <inheritdoc/>
    protected override void Take(string name, ReadOnlySpan<byte> content) => _good[name] = RuleFile.Read(name, content, _shipped);

    /// <inheritdoc/>
    protected override void Keep(IReadOnlySet<string> names)
    {
        foreach (var name in _good.Keys.Where(name => !names.Contains(name)).ToList()) _good.Remove(name);
    }

    /// <inheritdoc/>
    protected override RuleSet Compose() => _shipped.With(_good.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value));

    /// <inheritdoc/>
    protected override void OnLoaded(RuleSet current)
    {
        metrics.RulesLoad(PipelineMetrics.ModelLoaded);
        Log.RulesLoaded(logger, current.Definitions.Count(r => r.Enabled), _good.Count);
    }

    /// <inheritdoc/>
    protected override void Refused(string reason)
    {
        metrics.RulesLoad(PipelineMetrics.ModelRefused);
        Log.RulesRefused(logger, reason);
    }

    /// <inheritdoc/>
    protected override void Unreadable(string reason)
    {
        metrics.RulesLoad(PipelineMetrics.ModelUnreachable);
        Log.RulesUnreadable(logger, reason);
    }
}
