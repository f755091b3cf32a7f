using Changeling.Counts;
using Changeling.Storing;

namespace Changeling.Operations;

/// <summary>
/// Which rows may be deleted, by the clock of their own partition. The wall clock is not used: a partition without new events keeps all
/// rows.
/// </summary>
public sealed class SweepPolicy
{
    private static readonly TimeSpan BeyondTheHub = TimeSpan.FromDays(1);

    private readonly HalfLife _halfLife;
    private readonly TimeSpan _detections;

    /// <summary>Creates the policy.</summary>
    /// <param name="halfLife">How counts decay; the same as in scoring.</param>
    /// <param name="detections">How long detections are kept.</param>
    /// <param name="hub">
    /// How long the hub keeps messages. For this time and one day more, a detection may be needed for a redelivery.
    /// </param>
    public SweepPolicy(HalfLife halfLife, TimeSpan detections, TimeSpan hub)
    {
        _halfLife = halfLife;
        _detections = detections > hub + BeyondTheHub ? detections : hub + BeyondTheHub;
    }

    /// <summary>
    /// Whether a row may be deleted. A launch row that counts as absent is absent in every computation, so deleting it changes nothing. It
    /// stays absent until it is written again, and then it has another row version.
    /// </summary>
    public bool IsStale(SweepRow row, PartitionClock clock) =>
        (row.Launch is { } launch && !launch.At(clock.Day, _halfLife).Count.IsPresent)
        || (row.DetectedAt is { } time && clock.Now - time > _detections)
        || (row.SignalsAt is { } last && clock.Now - last > StoredSignals.Kept)
        || (row.Window is { } window && window.Number < ClockWindow.At(clock.Now).Number - ClockWindow.Kept)
        || (row.QuotaHour is { } hour && !new Quota(hour, 0, 0).IsPresent(clock.Hour));
}
