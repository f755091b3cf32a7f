using Changeling.Baseline;

namespace Changeling;

/// <summary>What one record does to the partition: the launch it adds and the detections it makes.</summary>
/// <param name="History">The parent's history to count in; <see langword="null"/> for a record that is not counted.</param>
/// <param name="Child">Folded name of the child.</param>
/// <param name="Time">Event time inside the sanity window, UTC.</param>
/// <param name="Surprise">What the launch adds to the calibration; <see langword="null"/> while the partition learns, and where nothing was looked up.</param>
/// <param name="Detections">Detections, ready for the outbox.</param>
internal readonly record struct Judgement(
    ParentHistory? History, string Child, DateTimeOffset Time, double? Surprise, IReadOnlyList<StoredDetection> Detections)
{
    /// <summary>What it was decided on, where that is kept.</summary>
    public JudgedEvent? Judged { get; init; }

    /// <summary>A record that changes nothing but the watermark.</summary>
    public static Judgement Nothing => new(null, "", default, null, []);
}
