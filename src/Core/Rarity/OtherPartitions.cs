using System.Collections.Concurrent;
using Changeling.Counts;
using Changeling.Events;

namespace Changeling.Rarity;

/// <summary>
/// The fleet as one partition's owner adds it to its own exact counts. Safe for many threads; parents are summed when first asked for.
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

    /// <summary>How surprising the others' launches were; not to be changed.</summary>
    public SurpriseHistogram Surprises => _surprises.Value;

    /// <summary>What the others know of a parent.</summary>
    /// <param name="parent">Folded name.</param>
    public FleetParent Of(string parent) =>
        _parents.GetOrAdd(parent, static (name, self) => self._view.ParentWithout(self._own, name), this);

    /// <summary>
    /// Where the others classified a child as malicious: digests of host (user) names, <see cref="OccurrenceSnapshot.DigestOf"/>.
    /// </summary>
    /// <param name="kind">Hosts or users.</param>
    /// <param name="child">Folded name.</param>
    public IReadOnlySet<ulong> Occurrences(OccurrenceKind kind, string child) =>
        _occurrences.GetOrAdd((kind, child), static (key, self) => self._view.OccurrencesWithout(self._own, key.Kind, key.Child), this);
}
