namespace Changeling.Baseline;

/// <summary>
/// The shipped table at first, then more and more what was measured here: the shipped table weighs as much as
/// <see cref="ShippedLaunches"/> measured launches.
/// </summary>
/// <param name="shipped">The prior's table.</param>
/// <param name="measured">What was measured here.</param>
public sealed class MeasuredCalibration(ICalibration shipped, SurpriseHistogram measured) : ICalibration
{
    /// <summary>Launches that the shipped table stands for.</summary>
    public const double ShippedLaunches = 5_000;

    /// <inheritdoc/>
    public double ShareAtLeast(double surprise) =>
        (ShippedLaunches * shipped.ShareAtLeast(surprise) + measured.AtLeast(surprise)) / (ShippedLaunches + measured.Total);
}
