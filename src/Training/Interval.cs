namespace Changeling.Training;

/// <summary>A 95 % bootstrap interval.</summary>
/// <param name="Low">2.5th percentile; NaN when it could not be drawn.</param>
/// <param name="High">97.5th percentile.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>The interval of drawn values; those that are not a number are left out.</summary>
    public static Interval Of(IEnumerable<double> drawn)
    {
        var sorted = drawn.Where(double.IsFinite).Order().ToArray();
        return sorted.Length == 0 ? new(double.NaN, double.NaN) : new(At(0.025), At(0.975));

        double At(double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];
    }
}
