namespace Changeling.Counts;

/// <summary>A stretch of 15 minutes of the partition clock.</summary>
/// <param name="Number">Windows since 1970-01-01 UTC.</param>
public readonly record struct ClockWindow(int Number) : IComparable<ClockWindow>
{
    /// <summary>How long a window is.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    /// <summary>Number of windows whose sums are kept behind the partition clock. Older rows are not read any more.</summary>
    public const int Kept = 2 * 24 * 4;

    /// <summary>Start, UTC.</summary>
    public DateTimeOffset Start => DateTimeOffset.UnixEpoch + (Number * Length);

    /// <summary>End, UTC: the start of the next.</summary>
    public DateTimeOffset End => Start + Length;

    /// <summary>The window that a moment lies in.</summary>
    public static ClockWindow At(DateTimeOffset moment) => new((int)Math.Floor((moment - DateTimeOffset.UnixEpoch) / Length));

    /// <inheritdoc/>
    public int CompareTo(ClockWindow other) => Number.CompareTo(other.Number);

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(ClockWindow left, ClockWindow right) => left.Number < right.Number;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(ClockWindow left, ClockWindow right) => left.Number > right.Number;

    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(ClockWindow left, ClockWindow right) => left.Number <= right.Number;

    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(ClockWindow left, ClockWindow right) => left.Number >= right.Number;
}
