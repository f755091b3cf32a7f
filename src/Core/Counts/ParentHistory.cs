using System.Runtime.InteropServices;

namespace Changeling.Counts;

/// <summary>
/// All launches of one parent in one event partition: the rows of its children, decayed to the day of the last look. At most
/// <see cref="MaxOwnRows"/> children have rows of their own; further new names share one.
/// </summary>
public sealed class ParentHistory
{
    /// <summary>Maximum number of children with a row of their own, so that a parent of a million names stays bounded.</summary>
    public const int MaxOwnRows = 1024;

    private readonly Dictionary<string, CountRow> _own = new(StringComparer.Ordinal);
    private readonly HalfLife _halfLife;
    private readonly HostLimit _limit;
    private int _present;
    private long _units;
    private DateTimeOffset? _firstSeen;
    private CountRow? _shared;
    private int _day = int.MinValue;

    /// <summary>Takes over the rows that the store holds.</summary>
    /// <param name="parent">Folded name of the parent.</param>
    /// <param name="rows">The parent's rows, in any order, absent ones included.</param>
    /// <param name="halfLife">How counts decay.</param>
    /// <param name="limit">What one host may add; everything by default.</param>
    public ParentHistory(string parent, IEnumerable<CountRow> rows, HalfLife halfLife, HostLimit limit = default)
    {
        Parent = parent;
        _halfLife = halfLife;
        _limit = limit;
        foreach (var row in rows)
        {
            if (row.IsShared) _shared = row;
            else _own[row.Name!] = row;
        }

        Recount();
    }

    /// <summary>Folded name of the parent.</summary>
    public string Parent { get; }

    /// <summary>Rows held, absent ones included: what this history costs in memory.</summary>
    public int RowCount => _own.Count + (_shared is null ? 0 : 1);

    /// <summary>All rows held, absent ones included, as they would be stored.</summary>
    public IEnumerable<CountRow> Rows => _shared is { } shared ? _own.Values.Append(shared) : _own.Values;

    /// <summary>The children that count, each with a row of its own, as of the day of the last <see cref="AdvanceTo"/>.</summary>
    public IEnumerable<CountRow> Children => _own.Values.Where(row => row.Count.IsPresent);

    /// <summary>The sum of all launches, as of the day of the last <see cref="AdvanceTo"/>.</summary>
    public ParentCounts Counts => new(new LaunchCount(_units).Launches, _present + (Shared.IsPresent ? 1 : 0), _firstSeen);

    /// <summary>
    /// The units of all launches (<see cref="LaunchCount.Units"/>), as of the day of the last <see cref="AdvanceTo"/>. They stay the same
    /// if a launch is not counted, because it is beyond its host's limit.
    /// </summary>
    public long Units => _units;

    /// <summary>Launches that were counted in the shared row.</summary>
    public LaunchCount Shared => _shared is { Count.IsPresent: true } row ? row.Count : LaunchCount.None;

    /// <summary>The child's own row, if it counts.</summary>
    public CountRow? Find(string child) => _own.TryGetValue(child, out var row) && row.Count.IsPresent ? row : null;

    /// <summary>Decays all rows to a clock day. Days that have passed already change nothing.</summary>
    public void AdvanceTo(int day)
    {
        if (day <= _day) return;
        _day = day;
        foreach (var (child, row) in _own) _own[child] = row.At(day, _halfLife);
        _shared = _shared?.At(day, _halfLife);
        Recount();
    }

    /// <summary>Counts one launch, after the event was decided by the counts before it.</summary>
    /// <param name="child">Folded name of the child.</param>
    /// <param name="time">Event time, UTC.</param>
    /// <param name="day">The clock day of the event.</param>
    /// <param name="host">The endpoint's name; <see langword="null"/> where launches are not limited by host.</param>
    /// <returns>The row as it is to be stored.</returns>
    public CountRow Count(string child, DateTimeOffset time, int day, string? host = null)
    {
        AdvanceTo(day);
        if (RowFor(child) is null) return _shared = PlusOne(_shared ?? NewRow(null, time), time, host);

        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(_own, child, out _);
        row ??= NewRow(child, time);
        if (!row.Count.IsPresent) _present++;
        row = PlusOne(row, time, host);
        NoteFirst(row);
        return row;
    }

    /// <summary>Which row a launch of this child changes: its own, or <see langword="null"/> for the shared one.</summary>
    public string? RowFor(string child) => Find(child) is not null || _present < MaxOwnRows ? child : null;

    /// <summary>
    /// The answer uses the counts before the launch. These do not depend on how batches were cut or when the table was swept.
    /// </summary>
    private CountRow PlusOne(CountRow row, DateTimeOffset time, string? host)
    {
        var before = row.Count.IsPresent ? row.Count.Units : 0;
        var after = host is not null && _limit.AppliesTo(before, _units) ? row.PlusOne(time, host, _limit.MaxPerDay) : row.PlusOne(time);
        _units += after.Count.Units - before;
        return after;
    }

    private void Recount()
    {
        (_present, _units, _firstSeen) = (0, Shared.Units, null);
        foreach (var row in Children)
        {
            (_present, _units) = (_present + 1, _units + row.Count.Units);
            NoteFirst(row);
        }
    }

    private void NoteFirst(CountRow row)
    {
        if (_firstSeen is null || row.FirstSeen < _firstSeen) _firstSeen = row.FirstSeen;
    }

    private CountRow NewRow(string? child, DateTimeOffset time) => new(child, LaunchCount.None, _day, time, time);
}
