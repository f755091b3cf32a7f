using Changeling.Baseline;

namespace Changeling;

/// <summary>What one record does to the partition: the launch it adds and the detections it makes.</summary>
/// <param name="History">The parent's history to count in; <see langword="null"/> for a record that is not counted.</param>
/// <param name="Child">Folded name of the child.</param>
/// <param name="Time">Event time inside the sanity window, UTC.</param>
/// <param name="Detections">Detections, ready for the outbox.</param>
internal readonly record struct Judgement(
    ParentHistory? History, string Child, DateTimeOffset Time, IReadOnlyList<StoredDetection> Detections)
{
    /// <summary>A record that changes nothing but the watermark.</summary>
    public static Judgement Nothing => new(null, "", default, []);
}
