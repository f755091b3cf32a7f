using Changeling.Counts;

namespace Changeling.Evaluation.Rankings;

/// <summary>Counts of launches by parent, as one event partition holds them that gets the whole fleet.</summary>
/// <param name="halfLife">How counts decay.</param>
/// <param name="limit">What one host may add.</param>
/// <param name="below">Counts to start from, which stay as they are.</param>
internal sealed class CountedLaunches(HalfLife halfLife, HostLimit limit, CountedLaunches? below = null)
{
    private readonly Dictionary<string, ParentHistory> _parents = new(StringComparer.Ordinal);

    /// <summary>Further launches on top of these: what is counted there does not change anything here.</summary>
    public CountedLaunches Above() => new(halfLife, limit, this);

    /// <summary>The history of one parent.</summary>
    public ParentHistory Of(string parent)
    {
        if (_parents.TryGetValue(parent, out var history)) return history;
        IEnumerable<CountRow> rows = below is not null && below._parents.TryGetValue(parent, out var known) ? known.Rows : [];
        return _parents[parent] = new ParentHistory(parent, rows, halfLife, limit);
    }
}
