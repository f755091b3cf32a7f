using Changeling.Counts;
using Changeling.Storing;

namespace Changeling.Deciding;

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

    /// <summary>The rows besides the launch that it changes; <see langword="null"/> for an event that is not classified as malicious.</summary>
    public Seen? Seen { get; init; }

    /// <summary>What stands in the caps of the rules that fired, after it.</summary>
    public IReadOnlyList<(QuotaKey Key, Quota Quota)> Quotas { get; init; } = [];

    /// <summary>What the exceptions that were hit, or nearly so, have done after it.</summary>
    public IReadOnlyList<ExceptionCount> Exceptions { get; init; } = [];

    /// <summary>Rules that fired and were held back by their caps.</summary>
    public IReadOnlyList<string> HeldBack { get; init; } = [];

    /// <summary>A record that changes nothing but the watermark.</summary>
    public static Judgement Nothing => new(null, "", default, null, []);
}
