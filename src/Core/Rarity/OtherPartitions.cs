using System.Collections.Concurrent;
using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Rarity;

/// <summary>
/// The counts of all other partitions, which the owner of one partition adds to its own exact counts. Safe to use from many threads. A
/// parent is summed when it is first needed.
/// </summary>
public sealed class OtherPartitions
{
    private readonly ConcurrentDictionary<string, FleetParent> _parents = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(OccurrenceKind Kind, string Child), IReadOnlySet<ulong>> _occurrences = new();
    private readonly FleetView _view;
    private readonly EventPartition _own;
    private readonly Lazy<SurpriseHistogram> _surprises;

    internal OtherPartitions(FleetView view, EventPartition own)
    {
        (_view, _own) = (view, own);
        _surprises = new(() => view.SurprisesWithout(own));
    }

    /// <summary>Histogram of the surprise of the other partitions' launches; must not be changed.</summary>
    public SurpriseHistogram Surprises => _surprises.Value;

    /// <summary>The counts of a parent in the other partitions.</summary>
    /// <param name="parent">Folded name.</param>
    public FleetParent Of(string parent) =>
        _parents.GetOrAdd(parent, static (name, self) => self._view.ParentWithout(self._own, name), this);

    /// <summary>
    /// Where the other partitions classified a child as malicious: digests of host (user) names, <see cref="OccurrenceSnapshot.DigestOf"/>.
    /// </summary>
    /// <param name="kind">Hosts or users.</param>
    /// <param name="child">Folded name.</param>
    public IReadOnlySet<ulong> Occurrences(OccurrenceKind kind, string child) =>
        _occurrences.GetOrAdd((kind, child), static (key, self) => self._view.OccurrencesWithout(self._own, key.Kind, key.Child), this);
}
