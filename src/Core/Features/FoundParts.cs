namespace Changeling.Features;

/// <summary>Which parts were found, and in which of at most eight readings of a text.</summary>
/// <param name="readings">A byte for each part, all 0: a bit for each reading.</param>
/// <param name="list">Room for the index of each part.</param>
internal ref struct FoundParts(Span<byte> readings, Span<ushort> list)
{
    private readonly Span<byte> _readings = readings;
    private readonly Span<ushort> _list = list;
    private int _count;

    /// <summary>The parts that were found in any reading.</summary>
    public readonly ReadOnlySpan<ushort> All => _list[.._count];

    /// <summary>Whether a part was found in one of some readings.</summary>
    public readonly bool Has(ushort part, byte readings) => (_readings[part] & readings) != 0;

    /// <summary>Whether all of some parts were found, each in one of some readings.</summary>
    public readonly bool HasAll(ushort[] parts, byte readings)
    {
        foreach (var part in parts) if (!Has(part, readings)) return false;
        return true;
    }

    /// <summary>Adds a part that was found in a reading.</summary>
    public void Add(ushort part, byte reading)
    {
        ref var before = ref _readings[part];
        if (before == 0) _list[_count++] = part;
        before |= reading;
    }
}
