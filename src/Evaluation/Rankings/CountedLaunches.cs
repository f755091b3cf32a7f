using Changeling.Counts;

namespace Changeling.Evaluation.Rankings;

/// <summary>Counts of launches by parent, as in a single event partition for the whole fleet.</summary>
/// <param name="halfLife">How counts decay.</param>
/// <param name="limit">What one host may add.</param>
/// <param name="below">Counts to start from, which are not changed.</param>
internal sealed class CountedLaunches(HalfLife halfLife, HostLimit limit, CountedLaunches? below = null)
{
    private readonly Dictionary<string, ParentHistory> _parents = new(StringComparer.Ordinal);

    /// <summary>A copy on top of these counts. Launches that are counted in the copy do not change these counts.</summary>
    public CountedLaunches Above() => new(halfLife, limit, this);

    /// <summary>The history of one parent.</summary>
    public ParentHistory Of(string parent)
    {
        if (_parents.TryGetValue(parent, out var history)) return history;
        IEnumerable<CountRow> rows = below is not null && below._parents.TryGetValue(parent, out var known) ? known.Rows : [];
        return _parents[parent] = new ParentHistory(parent, rows, halfLife, limit);
    }
}
