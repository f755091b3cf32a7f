namespace Changeling.Counts;

/// <summary>
/// A decayed number of launches in fixed point, so that any order of cuts, replays and days gives the same integers.
/// </summary>
/// <param name="Units">Multiples of 2⁻²⁰ of a launch; never negative.</param>
public readonly record struct LaunchCount(long Units)
{
    private const int FractionBits = 20;

    /// <summary>
    /// Below this a row counts as absent in every computation, so that deleting it changes no result: 0.05 launches.
    /// </summary>
    private const long LeastPresent = ((1L << FractionBits) / 20) + 1;

    /// <summary>Nothing.</summary>
    public static LaunchCount None => default;

    /// <summary>One launch.</summary>
    public static LaunchCount One => new(1L << FractionBits);

    /// <summary>
    /// Whether the row counts at all: at least 0.05 launches. Reading, counting and sweeping all use this test.
    /// </summary>
    public bool IsPresent => Units >= LeastPresent;

    /// <summary>The number of launches. It can be a fraction, because counts decay.</summary>
    public double Launches => Units / (double)(1L << FractionBits);

    /// <summary>The count with one more launch; a count that is not <see cref="IsPresent"/> starts again from nothing.</summary>
    public LaunchCount PlusOne() => IsPresent ? new(Units + One.Units) : One;
}
