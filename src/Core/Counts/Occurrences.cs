namespace Changeling.Counts;

/// <summary>Whose occurrences of a child are kept.</summary>
public enum OccurrenceKind
{
    /// <summary>Endpoints: rows <c>host|{child}|{host}</c>.</summary>
    Host,

    /// <summary>Accounts: rows <c>user|{child}|{user}</c>.</summary>
    User,
}

/// <summary>
/// On which hosts (for which users) one child was classified as malicious, in one event partition; decayed as all counts. At most
/// <see cref="MaxNames"/> have rows: a child that is on more is no rarity anywhere, and the others are not needed to know that.
/// </summary>
public sealed class Occurrences
{
    /// <summary>Maximum number of hosts (users) of a child with a row: far above what any rule may ask for.</summary>
    public const int MaxNames = 256;

    private readonly Dictionary<string, CountRow> _rows = new(StringComparer.Ordinal);
    private readonly HalfLife _halfLife;
    private int _day = int.MinValue;
    private int _present;

    /// <summary>Takes over the rows that the store holds.</summary>
    /// <param name="kind">Whose they are.</param>
    /// <param name="child">Folded name of the child.</param>
    /// <param name="rows">A row's <see cref="CountRow.Name"/> is the host (user).</param>
    /// <param name="halfLife">How counts decay.</param>
    public Occurrences(OccurrenceKind kind, string child, IEnumerable<CountRow> rows, HalfLife halfLife)
    {
        (Kind, Child, _halfLife) = (kind, child, halfLife);
        foreach (var row in rows) _rows[row.Name!] = row;
        _present = Names.Count();
    }

    /// <summary>Hosts or users.</summary>
    public OccurrenceKind Kind { get; }

    /// <summary>Folded name of the child.</summary>
    public string Child { get; }

    /// <summary>Rows held, absent ones included: what this costs in memory.</summary>
    public int RowCount => _rows.Count;

    /// <summary>All rows held, absent ones included.</summary>
    public IEnumerable<CountRow> Rows => _rows.Values;

    /// <summary>The hosts (users) that count, as of the day of the last <see cref="AdvanceTo"/>.</summary>
    public IEnumerable<string> Names => _rows.Values.Where(r => r.Count.IsPresent).Select(r => r.Name!);

    /// <summary>Whether the child was seen on this host (for this user).</summary>
    public bool Knows(string name) => _rows.TryGetValue(name, out var row) && row.Count.IsPresent;

    /// <summary>Decays all rows to a clock day. Days that have passed already change nothing.</summary>
    public void AdvanceTo(int day)
    {
        if (day <= _day) return;
        _day = day;
        foreach (var (name, row) in _rows) _rows[name] = row.At(day, _halfLife);
        _present = Names.Count();
    }

    /// <summary>Whether an occurrence would change a row: known, or room for one more.</summary>
    public bool Takes(string name) => Knows(name) || _present < MaxNames;

    /// <summary>Counts one launch, after the event was decided by the counts before it.</summary>
    /// <returns>The row as it is to be stored; <see langword="null"/> when there is no room.</returns>
    public CountRow? Count(string name, DateTimeOffset time, int day)
    {
        AdvanceTo(day);
        if (!Takes(name)) return null;
        if (!Knows(name)) _present++;
        return _rows[name] = (_rows.GetValueOrDefault(name) ?? new CountRow(name, LaunchCount.None, day, time, time)).PlusOne(time);
    }
}
