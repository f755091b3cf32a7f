using Changeling.Counts;

namespace Changeling.Rarity;

/// <summary>How reliable the history of a parent is. It does not depend on the child.</summary>
public enum HistoryConfidence
{
    /// <summary>The event partition, or the parent, has been known for less than the learning period.</summary>
    Learning,

    /// <summary>Known for longer, but with fewer than <see cref="HistoryConfidences.SettledFrom"/> launches.</summary>
    Thin,

    /// <summary>Known for at least the learning period, with <see cref="HistoryConfidences.SettledFrom"/> launches or more.</summary>
    Settled,
}

/// <summary>Rates how reliable a history is. Pure: a replay with the same counts and clock gives the same result.</summary>
public static class HistoryConfidences
{
    /// <summary>
    /// Decayed launches of a parent in the whole fleet from which its history is settled. With so many launches, a child with a share of
    /// one per cent has been seen about once.
    /// </summary>
    public const double SettledFrom = 100;

    /// <summary>Rates the history behind a rarity.</summary>
    /// <param name="parent">
    /// The parent's counts in the fleet before the event. Its first launch is an event time, at most 30 days before the hub's.
    /// </param>
    /// <param name="clock">The partition clock at the event.</param>
    /// <param name="learningSince">The partition clock at the partition's first event ever.</param>
    /// <param name="learningTime">How long a partition and a parent learn (<c>PipelineSettings.EmitAfter</c>).</param>
    public static HistoryConfidence Of(
        ParentCounts parent, PartitionClock clock, DateTimeOffset learningSince, TimeSpan learningTime) => parent switch
        {
            _ when clock.Now - learningSince < learningTime => HistoryConfidence.Learning,
            { FirstSeen: not { } } => HistoryConfidence.Learning,
            { FirstSeen: { } first } when clock.Now - first < learningTime => HistoryConfidence.Learning,
            { Launches: < SettledFrom } => HistoryConfidence.Thin,
            _ => HistoryConfidence.Settled,
        };
}
