using Changeling.Exceptions;
using Changeling.Hosting.Observing;
using Changeling.Hosting.RuleFiles;
using Changeling.Storage;
using Microsoft.Extensions.Options;

namespace Changeling.Hosting.ExceptionFiles;

/// <summary>
/// Loads the exceptions and keeps them up to date: the items in container <c>exceptions</c>, one per file, and the host groups that they
/// name.
/// </summary>
internal sealed class ExceptionsHost : FileFollower<ExceptionList>
{
    private readonly RulesHost _rules;
    private readonly PipelineMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<ExceptionsHost> _logger;
    private readonly Dictionary<string, ExceptionItem> _good = new(StringComparer.Ordinal);
    private HostGroups _groups = HostGroups.None;

    public ExceptionsHost(
        StorageClients storage, JsonBlobs blobs, RulesHost rules, IOptions<ExceptionsOptions> options, PipelineMetrics metrics,
        TimeProvider time, ILogger<ExceptionsHost> logger)
        : base(storage, blobs, options.Value.PollInterval, time)
    {
        (_rules, _metrics, _time, _logger) = (rules, metrics, time, logger);
        metrics.ObserveExpiredExceptions(() => Composed?.ExpiredAt(time.GetUtcNow()) ?? 0);
    }

    /// <summary>The exceptions for an invocation.</summary>
    /// <exception cref="InvalidOperationException">
    /// Read before <see cref="FileFollower{T}.Loaded"/>: a detection that an exception suppresses must not be sent.
    /// </exception>
    public ExceptionList Current => Composed ?? throw new InvalidOperationException("The exceptions are read before they are loaded.");

    /// <inheritdoc/>
    protected override ExceptionList Otherwise => ExceptionList.Empty;

    /// <inheritdoc/>
    protected override void Take(string name, ReadOnlySpan<byte> content)
    {
        if (name == HostGroups.FileName) _groups = HostGroups.Read(content);
        else _good[name] = ExceptionFile.ReadStored(name, content);
    }

    /// <inheritdoc/>
    protected override void Keep(IReadOnlySet<string> names)
    {
        foreach (var name in _good.Keys.Where(name => !names.Contains(name)).ToList()) _good.Remove(name);
        if (!names.Contains(HostGroups.FileName)) _groups = HostGroups.None;
    }

    /// <inheritdoc/>
    protected override Task ReadyAsync(CancellationToken cancellationToken) => _rules.Loaded.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    protected override object? Basis => _rules.Current;

    /// <inheritdoc/>
    /// <remarks>
    /// An item that names an unknown rule is refused until the rule exists. Otherwise it would suppress nothing without a warning.
    /// </remarks>
    protected override ExceptionList Compose()
    {
        var unknown = _good.Values.Where(item => UnknownRule(item) is not null).ToList();
        foreach (var item in unknown)
            Refused(
                $"exception file {ExceptionFile.NameOf(item.Id)}: rules has '{UnknownRule(item)}', and there is no such rule; the rules that ship stand in docs/rules.md.");
        return ExceptionList.Of(_good.Values.Except(unknown), _groups);
    }

    private string? UnknownRule(ExceptionItem item) => item.Rules?.FirstOrDefault(rule => !_rules.Current.IsExceptable(rule));

    /// <inheritdoc/>
    protected override void OnLoaded(ExceptionList current)
    {
        var expired = current.ExpiredAt(_time.GetUtcNow());
        _metrics.ExceptionsLoad(PipelineMetrics.ModelLoaded);
        Log.ExceptionsLoaded(_logger, current.Items.Count(i => i.Enabled) - expired, expired, current.Items.Count(i => !i.Enabled));
    }

    /// <inheritdoc/>
    protected override void Refused(string reason)
    {
        _metrics.ExceptionsLoad(PipelineMetrics.ModelRefused);
        Log.ExceptionsRefused(_logger, reason);
    }

    /// <inheritdoc/>
    protected override void Unreadable(string reason)
    {
        _metrics.ExceptionsLoad(PipelineMetrics.ModelUnreachable);
        Log.ExceptionsUnreadable(_logger, reason);
    }
}
