namespace Changeling.Events;

/// <summary>Where a record stands in its event partition. Ordered by epoch, then sequence number, then record index.</summary>
/// <param name="Epoch">0 at first; one more each time the hub's sequence numbers start again.</param>
/// <param name="SequenceNumber">The hub's number of the message.</param>
/// <param name="RecordIndex">0-based index of the record inside its message, counted after peeling and before any filter.</param>
public readonly record struct Position(int Epoch, long SequenceNumber, int RecordIndex) : IComparable<Position>
{
    /// <inheritdoc/>
    public int CompareTo(Position other) =>
        (Epoch, SequenceNumber, RecordIndex).CompareTo((other.Epoch, other.SequenceNumber, other.RecordIndex));

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(Position left, Position right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(Position left, Position right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(Position left, Position right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(Position left, Position right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Epoch}-{SequenceNumber}-{RecordIndex}";
}
