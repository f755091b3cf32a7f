using System.Collections.Frozen;
using Changeling.Counts;
using Changeling.Rules;

namespace Changeling.Deciding;

/// <summary>What one event was decided on, for those who measure; the function app keeps none.</summary>
/// <param name="Evidence">Event, prediction and rarity.</param>
/// <param name="Clock">The partition clock at the event, UTC.</param>
/// <param name="IsLearning">Whether the partition was still learning, so that a detection is a note.</param>
public readonly record struct JudgedEvent(Evidence Evidence, DateTimeOffset Clock, bool IsLearning)
{
    /// <summary>Ids of the detections that go, by rule.</summary>
    public IReadOnlyDictionary<string, Guid> Detected { get; init; } = FrozenDictionary<string, Guid>.Empty;

    /// <summary>The sums of the cluster rules that the launch added to.</summary>
    public IReadOnlyList<SumKey> Summed { get; init; } = [];
}
