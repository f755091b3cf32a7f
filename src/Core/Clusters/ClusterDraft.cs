using Changeling.Counts;
using Changeling.Exceptions;
using Changeling.Storing;

namespace Changeling.Clusters;

/// <summary>A step while it fills: entity after entity, as long as whatever the next one may change fits the transaction.</summary>
internal sealed class ClusterDraft
{
    /// <summary>Maximum number of entities in one step: each needs a request, and a step that takes long loses to a faster run.</summary>
    private const int MaxEntities = 30;

    /// <summary>An entity's history, its detections, for each of them the exception that is hit, and those nearly so.</summary>
    private const int MaxRowsOfEntity = 1 + ClusterRun.MaxRules + ClusterRun.MaxRules + ExceptionRuling.MaxNear;

    private readonly List<EntityHistory> _histories = [];
    private readonly List<ClusterDetection> _detections = [];
    private readonly List<FoundCluster> _found = [];
    private readonly Dictionary<string, ExceptionCount> _exceptions = new(StringComparer.Ordinal);

    public IReadOnlyList<EntityHistory> Histories => _histories;

    public IReadOnlyList<ClusterDetection> Detections => _detections;

    /// <summary>What the detections were written from, in their order.</summary>
    public IReadOnlyList<FoundCluster> Found => _found;

    /// <summary>Whether one more entity surely fits.</summary>
    public bool HasRoom =>
        _histories.Count < MaxEntities
            && _histories.Count + _detections.Count + _exceptions.Count + MaxRowsOfEntity <= BaselineCommit.MaxRows;

    public void Add(EntityHistory history) => _histories.Add(history);

    public void Add(FoundCluster found, ClusterDetection detection)
    {
        _found.Add(found);
        _detections.Add(detection);
    }

    /// <summary>What an exception did, as of this step; <see langword="null"/> when the step did not change it.</summary>
    public ExceptionCount? Count(string id) => _exceptions.GetValueOrDefault(id);

    /// <summary>Takes note of what an exception did: several entities of a step add up in one row.</summary>
    public void Set(ExceptionCount count) => _exceptions[count.Id] = count;

    public ClusterStep ToCommit(string? expected, ClusterState next) =>
        new(expected, next, _histories, _detections) { Exceptions = [.. _exceptions.Values] };
}
