namespace Changeling.RecordedFiles.Ordering;

/// <summary>The place of a message in an order.</summary>
/// <param name="Ticks">Its time in UTC, in units of 100 ns.</param>
/// <param name="Tag">A value of the caller that stays with the message.</param>
public readonly record struct MessagePlace(long Ticks, byte Tag);

/// <summary>A message with its place.</summary>
/// <param name="Place">The place.</param>
/// <param name="Body">The bytes of the message.</param>
public readonly record struct PlacedMessage(MessagePlace Place, ReadOnlyMemory<byte> Body)
{
    /// <summary>
    /// The order: by time, and messages of the same time by their bytes. So it does not depend on files, their names or their order.
    /// </summary>
    internal static Comparer<PlacedMessage> Order { get; } = Comparer<PlacedMessage>.Create((a, b) =>
        Compare(a.Place.Ticks, a.Body.Span, b.Place.Ticks, b.Body.Span));

    /// <summary>Compares two messages by time and bytes.</summary>
    internal static int Compare(long ticks, ReadOnlySpan<byte> body, long otherTicks, ReadOnlySpan<byte> otherBody) =>
        ticks != otherTicks ? ticks.CompareTo(otherTicks) : body.SequenceCompareTo(otherBody);
}
