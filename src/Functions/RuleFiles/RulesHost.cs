using Changeling.Rules;
using Changeling.Storage;
using Microsoft.Extensions.Options;

namespace Changeling.Functions.RuleFiles;

/// <summary>
/// Keeps the rules: the shipped ones, changed and added to by the files in container <c>rules</c>. A file that is no rule is refused by
/// name, and its last good content stays in force; one that was never good is left out. Until the container was read once, there are none.
/// </summary>
internal sealed class RulesHost(
    StorageClients storage, RuleBlobs blobs, IOptions<RulesOptions> options, PipelineMetrics metrics, TimeProvider time, ILogger<RulesHost> logger) : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    private readonly RuleSet _shipped = RuleSet.Shipped.Under(options.Value.AttackVersion);
    private readonly Dictionary<string, RuleDefinition> _good = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, RuleBlob> _read = new Dictionary<string, RuleBlob>();
    private volatile RuleSet? _current;

    /// <summary>The rules that an invocation pins.</summary>
    /// <exception cref="StoreUnavailableException">The container was not read yet: a rule that a user has switched off must not fire.</exception>
    public RuleSet Current => _current ?? throw new StoreUnavailableException("The rules are not loaded yet: the log says what they wait for.");

    /// <summary>Whether the container was read once.</summary>
    public bool IsLoaded => _current is not null;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                if (_current is null) await storage.CreateOnEmulatorAsync(stoppingToken);
                await FollowAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                metrics.RulesLoad(PipelineMetrics.ModelUnreachable);
                Log.RulesUnreadable(logger, exception.Message);
            }

            await Task.Delay(_current is null ? FirstWait : options.Value.PollInterval, time, stoppingToken);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var now = await blobs.ReadAsync(_read, cancellationToken);
        var changed = now.Where(f => !ReferenceEquals(_read.GetValueOrDefault(f.Key), f.Value)).ToList();
        if (_current is not null && changed.Count == 0 && now.Count == _read.Count) return;

        _read = now;
        foreach (var name in _good.Keys.Except(now.Keys).ToList()) _good.Remove(name);
        foreach (var (name, file) in changed) Take(name, file);
        Compose();
    }

    private void Take(string name, RuleBlob file)
    {
        try
        {
            _good[name] = RuleFile.Read(name, file.Content.Span, _shipped);
        }
        catch (InvalidDataException exception)
        {
            Refused(exception);
        }
    }

    private void Compose()
    {
        try
        {
            _current = _shipped.With(_good.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value));
            metrics.RulesLoad(PipelineMetrics.ModelLoaded);
            Log.RulesLoaded(logger, _current.Definitions.Count(r => r.Enabled), _good.Count);
        }
        catch (InvalidDataException exception)
        {
            _current ??= _shipped;
            Refused(exception);
        }
    }

    private void Refused(InvalidDataException exception)
    {
        metrics.RulesLoad(PipelineMetrics.ModelRefused);
        Log.RulesRefused(logger, exception.Message);
    }
}
