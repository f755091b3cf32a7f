using Changeling.Counts;
using Changeling.Findings;
using Changeling.Rules;

namespace Changeling.Deciding;

/// <summary>What one event was decided on, for those who measure; the function app keeps none.</summary>
/// <param name="Evidence">Event, prediction and rarity.</param>
/// <param name="Clock">The partition clock at the event, UTC.</param>
/// <param name="IsLearning">Whether the partition was still learning, so that a detection is a note.</param>
public readonly record struct JudgedEvent(Evidence Evidence, DateTimeOffset Clock, bool IsLearning)
{
    /// <summary>What was found on it, suppressed detections included.</summary>
    public IReadOnlyList<Detection> Detections { get; init; } = [];

    /// <summary>The sums of the cluster rules that the launch added to.</summary>
    public IReadOnlyList<SumKey> Summed { get; init; } = [];
}
