namespace Changeling.Rarity;

/// <summary>
/// A calibration that starts with the shipped table and uses the deployment's own measurements more and more. The shipped table has the
/// weight of <see cref="ShippedLaunches"/> measured launches.
/// </summary>
/// <param name="shipped">The prior's table.</param>
/// <param name="own">The measurements of this event partition.</param>
/// <param name="others">The measurements of the other partitions.</param>
public sealed class MeasuredCalibration(ICalibration shipped, SurpriseHistogram own, SurpriseHistogram others) : ICalibration
{
    /// <summary>Weight of the shipped table, in launches.</summary>
    public const double ShippedLaunches = 5_000;

    /// <inheritdoc/>
    public double ShareAtLeast(double surprise) =>
        (ShippedLaunches * shipped.ShareAtLeast(surprise) + own.AtLeast(surprise) + others.AtLeast(surprise))
        / (ShippedLaunches + own.Total + others.Total);
}
