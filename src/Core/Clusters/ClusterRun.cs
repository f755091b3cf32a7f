using Changeling.Counts;
using Changeling.Exceptions;
using Changeling.Findings;
using Changeling.Rules;
using Changeling.Storing;

namespace Changeling.Clusters;

/// <summary>
/// One run over the closed windows, in steps. Each step is decided on the rows as they are at that moment, and takes effect only if its
/// commit succeeds.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="baseline">The set of counts.</param>
/// <param name="rules">The rules.</param>
/// <param name="exceptions">The exceptions in force.</param>
/// <param name="writer">Writes what is found.</param>
/// <param name="alertsFrom">When findings begin to be alerts, UTC; <see langword="null"/> where they never are.</param>
internal sealed class ClusterRun(
    IClusterStore store, string baseline, RuleSet rules, ExceptionList exceptions, ClusterFindingWriter writer, DateTimeOffset? alertsFrom)
{
    /// <summary>Maximum number of rules that are reported for one entity's window.</summary>
    internal const int MaxRules = 2;

    private readonly Dictionary<string, int> _suppressed = new(StringComparer.Ordinal);
    private readonly List<FoundCluster> _found = [];
    private int _windows;
    private int _entities;

    public required ClusterState State { get; set; }

    public required string? Version { get; set; }

    public ClusterOutcome Outcome => new(_windows, _entities, _found.Count) { Suppressed = _suppressed, Found = _found };

    /// <summary>Evaluates one window in steps. If another run has committed first, this run ends.</summary>
    public async Task<bool> EvaluateAsync(ClockWindow window, IReadOnlyList<MaliciousSum> sums, CancellationToken cancellationToken)
    {
        var done = State.Window == window ? State.After ?? "" : "";
        var left = new Queue<MaliciousSum>(
            sums.Where(s => string.CompareOrdinal(EntityHistory.NameOf(s.Key.Kind, s.Key.Entity), done) > 0));
        do
        {
            var step = new ClusterDraft();
            while (step.HasRoom && left.TryDequeue(out var sum)) await DecideAsync(sum, step, cancellationToken);
            var next = State with { Window = window, After = left.Count == 0 ? null : step.Histories[^1].Name };
            var version = await store.CommitAsync(baseline, step.ToCommit(Version, next), cancellationToken);
            if (version is null) return false;
            (State, Version) = (next, version);
            Count(step);
        }
        while (left.Count > 0);

        _windows++;
        return true;
    }

    private async Task DecideAsync(MaliciousSum sum, ClusterDraft step, CancellationToken cancellationToken)
    {
        var (window, kind, entity) = sum.Key;
        var history = await store.ReadHistoryAsync(baseline, kind, entity, cancellationToken) ?? EntityHistory.None(kind, entity);
        var (mean, deviation, windows) = history.Before(window, State.Since);
        var evidence = new ClusterEvidence(
            kind, entity, window.Start, sum.Launches, sum.Probability, mean, deviation, windows, sum.Children);
        var firing = rules.OnClusters.Where(r => r.Cluster!.Holds(evidence)).Take(MaxRules).ToList();
        var ruling = exceptions.Consult(sum.Key, [.. firing.Select(r => r.Id)]);

        step.Add(history.After(window, sum.Probability));
        foreach (var rule in firing)
        {
            var isSuppressed = ruling.Suppressed.ContainsKey(rule.Id);
            var found = new FoundCluster(rule, evidence, IsAlert: window.Start >= alertsFrom && !isSuppressed, isSuppressed);
            step.Add(found, Written(found, window, ruling));
        }

        foreach (var id in ruling.Hits) step.Set((await CountAsync(id, step, cancellationToken)).PlusHit(window.End));
        foreach (var near in ruling.Near) step.Set((await CountAsync(near.Item.Id, step, cancellationToken)).PlusNearMiss(window.End));
    }

    private ClusterDetection Written(FoundCluster found, ClockWindow window, ExceptionRuling ruling)
    {
        var body = writer.Write(found.Rule, found.Evidence, found.IsAlert, exceptions.EvidenceFor(found.Rule.Id, ruling));
        return new ClusterDetection(window, found.Rule.Id, found.Evidence.Entity, body) { IsSuppressed = found.IsSuppressed };
    }

    /// <summary>
    /// The count of an exception so far: from this step, or as stored. Whoever changes the stored row later also changes the state row, so
    /// that this step's commit fails.
    /// </summary>
    private async Task<ExceptionCount> CountAsync(string id, ClusterDraft step, CancellationToken cancellationToken) =>
        step.Count(id) ?? await store.ReadExceptionAsync(baseline, id, cancellationToken) ?? ExceptionCount.None(id);

    private void Count(ClusterDraft step)
    {
        _entities += step.Histories.Count;
        _found.AddRange(step.Found);
        foreach (var detection in step.Detections.Where(d => d.IsSuppressed))
            _suppressed[detection.RuleId] = _suppressed.GetValueOrDefault(detection.RuleId) + 1;
    }
}
