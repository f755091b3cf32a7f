using System.Diagnostics;

namespace Changeling.Counts;

/// <summary>
/// Exponential decay in whole days of the partition clock. One day is one multiplication by a 32-bit fraction, rounded down. Several days
/// repeat that step, so decaying from day 1 to day 3 gives the same integer with and without a stop at day 2.
/// </summary>
public sealed class HalfLife
{
    private const int FractionBits = 32;

    private readonly ulong _step;

    /// <summary>Creates the decay.</summary>
    /// <param name="days">Days in which a count halves; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="days"/> is below 1.</exception>
    public HalfLife(int days)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        Days = days;
        _step = (ulong)Math.Round(Math.Pow(2, -1.0 / days) * (1UL << FractionBits));
    }

    /// <summary>No decay: for <c>score</c>, which has no clock.</summary>
    public static HalfLife Never { get; } = new();

    /// <summary>The decay for the value of a setting: days, or 0 for no decay.</summary>
    public static HalfLife Of(int days) => days == 0 ? Never : new(days);

    private HalfLife()
    {
        Days = int.MaxValue;
        _step = 1UL << FractionBits;
    }

    /// <summary>Days in which a count halves.</summary>
    public int Days { get; }

    /// <summary>The rest of a count after some days.</summary>
    /// <param name="count">The count at its day.</param>
    /// <param name="days">Days passed; 0 or less changes nothing (the partition clock does not run backwards).</param>
    public LaunchCount Decay(LaunchCount count, int days)
    {
        Debug.Assert(count.Units >= 0, "counts are never negative");
        if (_step == 1UL << FractionBits) return count;

        var units = (ulong)count.Units;
        for (var day = 0; day < days && units > 0; day++)
        {
            var high = Math.BigMul(units, _step, out var low);
            units = (high << (64 - FractionBits)) | (low >> FractionBits);
        }

        return new((long)units);
    }
}
