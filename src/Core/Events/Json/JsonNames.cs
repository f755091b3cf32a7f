using System.Runtime.CompilerServices;

namespace Changeling.Events.Json;

/// <summary>
/// Finds properties by name without looking at all of them: hash tables of the names of the few objects that were searched last. A record
/// is asked for a hundred names, most of which it does not have. Each thread keeps one for its next record.
/// </summary>
internal sealed class JsonNames : IDisposable
{
    private const int Objects = 4;
    private const int Slots = 512;

    /// <summary>Half of the slots stay empty, so that the search for a name that is not there ends soon.</summary>
    private const int MaxProperties = Slots / 2;

    private const int Hints = 256;

    [ThreadStatic]
    private static JsonNames? _spare;

    private Tables _tables;
    private readonly Slot[] _slots = new Slot[Objects * Slots];
    private int _next;
    private int _last;

    private JsonNames()
    {
    }

    /// <summary>One without tables, to be disposed of.</summary>
    public static JsonNames Rent()
    {
        var names = _spare ?? new JsonNames();
        _spare = null;
        return names;
    }

    /// <summary>Makes the table of an object, unless it is there.</summary>
    /// <returns><see langword="false"/> if the object has too many properties.</returns>
    public bool TryAdd(JsonRows rows, int parent)
    {
        if (_tables[_last].Owner == parent && _tables[_last].Mask != 0) return true;
        for (var i = 0; i < Objects; i++)
        {
            if (_tables[i].Owner != parent || _tables[i].Mask == 0) continue;
            _last = i;
            return true;
        }

        return TryMake(rows, parent);
    }

    /// <summary>Whether a name of the object that was added last holds a dot or an escape.</summary>
    public bool HavePaths(int parent) => _tables[_last].Owner != parent || _tables[_last].HasPaths;

    /// <summary>The row of the property of the object that was added last; of several with the name, the last one.</summary>
    public int Find(JsonRows rows, int parent, ReadOnlySpan<byte> name)
    {
        if (!_tables[_last].Hints.Has(Hint(name))) return -1;
        var hash = NameHash.Of(name);
        var (first, mask) = (_last * Slots, _tables[_last].Mask);
        for (var at = hash & mask; ; at = (at + 1) & mask)
        {
            ref readonly var slot = ref _slots[first + (int)at];
            if (slot.Row <= parent) return -1;
            if (slot.Hash == hash && rows.HasName(slot.Row, name)) return slot.Row;
        }
    }

    public void Dispose()
    {
        _tables = default;
        _spare = this;
    }

    private bool TryMake(JsonRows rows, int parent)
    {
        var (count, end) = (0, rows.At(parent).Next);
        for (var row = parent + 1; row < end; row = rows.At(row).Next)
        {
            if (++count > MaxProperties) return false;
        }

        var mask = 15u;
        while (mask < 2 * count) mask = (2 * mask) + 1;
        _last = _next;
        _next = (_next + 1) % Objects;
        _slots.AsSpan(_last * Slots, (int)mask + 1).Clear();
        ref var table = ref _tables[_last];
        table = new(parent, mask);
        for (var row = parent + 1; row < end; row = rows.At(row).Next) Add(rows, row, _last * Slots, ref table);
        return true;
    }

    /// <summary>A small number that differs for most names, quicker than a hash.</summary>
    private static int Hint(ReadOnlySpan<byte> name) =>
        name.IsEmpty ? 0 : ((name[0] * 7) + (name[^1] * 3) + (name.Length * 31)) & (Hints - 1);

    /// <summary>Adds a property in place of an earlier one with the same name.</summary>
    private void Add(JsonRows rows, int row, int first, ref Table table)
    {
        ref readonly var property = ref rows.At(row);
        var isEscaped = (property.Mark & JsonRow.Marks.NameIsEscaped) != 0;
        var written = rows.Part(property.NameStart, property.NameLength);
        var name = isEscaped ? JsonEscapes.Removed(written) : written;
        var hash = NameHash.Of(name);
        table.HasPaths |= isEscaped || written.Contains((byte)'.');
        table.Hints.Add(Hint(name));
        for (var at = hash & table.Mask; ; at = (at + 1) & table.Mask)
        {
            ref var slot = ref _slots[first + (int)at];
            if (slot.Row != 0 && (slot.Hash != hash || !rows.HasName(slot.Row, name))) continue;
            slot = new(hash, row);
            return;
        }
    }

    [InlineArray(Objects)]
    private struct Tables
    {
        private Table _first;
    }

    private readonly record struct Slot(uint Hash, int Row);

    private record struct Table(int Owner, uint Mask)
    {
        /// <summary>Whether a name holds a dot or an escape.</summary>
        public bool HasPaths;

        /// <summary>The hints of all names.</summary>
        public HintSet Hints;
    }

    [InlineArray(Hints / 64)]
    private struct HintSet
    {
        private ulong _first;

        public readonly bool Has(int hint) => (this[hint >> 6] >> (hint & 63) & 1) != 0;

        public void Add(int hint) => this[hint >> 6] |= 1ul << (hint & 63);
    }
}
