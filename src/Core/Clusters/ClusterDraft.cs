using Changeling.Counts;
using Changeling.Exceptions;
using Changeling.Storing;

namespace Changeling.Clusters;

/// <summary>
/// A step while it is being filled. Entities are added as long as all rows that the next one may change fit into the transaction.
/// </summary>
internal sealed class ClusterDraft
{
    /// <summary>
    /// Maximum number of entities in one step. Each entity needs a request, and a step that takes long may lose its commit to a faster run.
    /// </summary>
    private const int MaxEntities = 30;

    /// <summary>
    /// Rows that one entity may change: its history, its detections, the exception that each detection hits, and the near misses.
    /// </summary>
    private const int MaxRowsOfEntity = 1 + ClusterRun.MaxRules + ClusterRun.MaxRules + ExceptionRuling.MaxNear;

    private readonly List<EntityHistory> _histories = [];
    private readonly List<ClusterDetection> _detections = [];
    private readonly List<FoundCluster> _found = [];
    private readonly Dictionary<string, ExceptionCount> _exceptions = new(StringComparer.Ordinal);

    public IReadOnlyList<EntityHistory> Histories => _histories;

    public IReadOnlyList<ClusterDetection> Detections => _detections;

    /// <summary>The findings behind the detections, in the same order.</summary>
    public IReadOnlyList<FoundCluster> Found => _found;

    /// <summary>Whether one more entity fits in any case.</summary>
    public bool HasRoom =>
        _histories.Count < MaxEntities
            && _histories.Count + _detections.Count + _exceptions.Count + MaxRowsOfEntity <= BaselineCommit.MaxRows;

    public void Add(EntityHistory history) => _histories.Add(history);

    public void Add(FoundCluster found, ClusterDetection detection)
    {
        _found.Add(found);
        _detections.Add(detection);
    }

    /// <summary>The count of an exception as of this step; <see langword="null"/> when the step did not change it.</summary>
    public ExceptionCount? Count(string id) => _exceptions.GetValueOrDefault(id);

    /// <summary>Sets the count of an exception. The hits of all entities of a step are added to the same row.</summary>
    public void Set(ExceptionCount count) => _exceptions[count.Id] = count;

    public ClusterStep ToCommit(string? expected, ClusterState next) =>
        new(expected, next, _histories, _detections) { Exceptions = [.. _exceptions.Values] };
}
