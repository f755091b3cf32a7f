using Changeling.Counts;
using Changeling.Findings;
using Changeling.Rules;

namespace Changeling.Pipeline;

/// <summary>Evidence and decision of one event, for backtests. The function app does not keep them.</summary>
/// <param name="Evidence">Event, prediction and rarity.</param>
/// <param name="Clock">The partition clock at the event, UTC.</param>
/// <param name="IsLearning">Whether the partition was still learning, so that a detection is a note.</param>
/// <param name="Detection">The detection on the event, also a suppressed one; <see langword="null"/> where no rule fired.</param>
/// <param name="Summed">The sums of the cluster rules that the launch added to.</param>
public sealed record DecidedEvent(
    Evidence Evidence, DateTimeOffset Clock, bool IsLearning, Detection? Detection, IReadOnlyList<SumKey> Summed);
