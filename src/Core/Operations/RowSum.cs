using Changeling.Counts;

namespace Changeling.Operations;

/// <summary>The rows of one parent from several partitions, or of two baselines, as one set of rows: counts are added.</summary>
/// <param name="halfLife">How counts decay: before two are added, both are decayed to the later day.</param>
/// <param name="mostOwnRows">Maximum number of children with rows of their own; further children are added to the shared row.</param>
public sealed class RowSum(HalfLife halfLife, int mostOwnRows = int.MaxValue)
{
    private readonly Dictionary<string, CountRow> _own = new(StringComparer.Ordinal);
    private CountRow? _shared;
    private int _present;

    /// <summary>All rows, the shared one included.</summary>
    public IEnumerable<CountRow> Rows => _shared is { } shared ? _own.Values.Append(shared) : _own.Values;

    /// <summary>Adds a row.</summary>
    /// <returns>The row of the sum that it was added to.</returns>
    public CountRow Add(CountRow row)
    {
        if (row.Name is not { } child) return _shared = Sum(_shared, row);
        var mine = _own.GetValueOrDefault(child);
        if (mine is not { Count.IsPresent: true } && row.Count.IsPresent && ++_present > mostOwnRows)
        {
            _present--;
            return _shared = Sum(_shared, row with { Name = null });
        }

        return _own[child] = Sum(mine, row);
    }

    private CountRow Sum(CountRow? mine, CountRow other)
    {
        if (mine is null) return other;
        var day = Math.Max(mine.Day, other.Day);
        var (a, b) = (mine.At(day, halfLife), other.At(day, halfLife));
        if (!b.Count.IsPresent) return a;
        if (!a.Count.IsPresent) return b;
        return a with
        {
            Count = new LaunchCount(a.Count.Units + b.Count.Units),
            FirstSeen = a.FirstSeen < b.FirstSeen ? a.FirstSeen : b.FirstSeen,
            LastSeen = a.LastSeen > b.LastSeen ? a.LastSeen : b.LastSeen,
        };
    }
}
