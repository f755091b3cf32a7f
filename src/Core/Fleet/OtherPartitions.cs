using System.Collections.Concurrent;
using Changeling.Baseline;
using Changeling.Events;

namespace Changeling.Fleet;

/// <summary>The fleet as one partition's owner adds it to its own exact counts. Safe for many threads; parents are summed when first asked for.</summary>
public sealed class OtherPartitions
{
    private readonly ConcurrentDictionary<string, FleetParent> _parents = new(StringComparer.Ordinal);
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
    public FleetParent Of(string parent) => _parents.GetOrAdd(parent, static (name, self) => self._view.ParentWithout(self._own, name), this);
}
