namespace Changeling.Rarity;

/// <summary>
/// The shipped table at first, then more and more what was measured here: the shipped table weighs as much as
/// <see cref="ShippedLaunches"/> measured launches.
/// </summary>
/// <param name="shipped">The prior's table.</param>
/// <param name="own">What was measured in this event partition.</param>
/// <param name="others">What was measured in the others.</param>
public sealed class MeasuredCalibration(ICalibration shipped, SurpriseHistogram own, SurpriseHistogram others) : ICalibration
{
    /// <summary>Launches that the shipped table stands for.</summary>
    public const double ShippedLaunches = 5_000;

    /// <inheritdoc/>
    public double ShareAtLeast(double surprise) =>
        (ShippedLaunches * shipped.ShareAtLeast(surprise) + own.AtLeast(surprise) + others.AtLeast(surprise))
        / (ShippedLaunches + own.Total + others.Total);
}
