using Changeling.Counts;

namespace Changeling.Rarity;

/// <summary>
/// How unusual a child was for its parent, from the counts before the event; fixed at the time of the decision, together with the counts
/// behind it.
/// </summary>
public sealed record RarityRating
{
    /// <summary>0–100 = min(100, 25 · log₁₀(1 / share)): 75 is one launch in a thousand, 50 one in a hundred.</summary>
    public required double Score { get; init; }

    /// <summary>The raw surprise, in powers of ten: 0 for a launch that is expected about once, above 3 for one never seen.</summary>
    public required double Surprise { get; init; }

    /// <summary>The calibrated share of launches that are at least this surprising, 0–1.</summary>
    public required double Share { get; init; }

    /// <summary>The lineage that was rated.</summary>
    public required Lineage Lineage { get; init; }

    /// <summary>Decayed launches of this child by this parent before the event.</summary>
    public required double ChildCount { get; init; }

    /// <summary>Decayed launches by this parent before the event.</summary>
    public required double ParentCount { get; init; }

    /// <summary>Children of this parent with a count of their own.</summary>
    public required int DistinctChildren { get; init; }

    /// <summary>When this parent first started this child, event time; <see langword="null"/> when never.</summary>
    public DateTimeOffset? ChildFirstSeen { get; init; }

    /// <summary>When this parent first started anything, event time; <see langword="null"/> when never.</summary>
    public DateTimeOffset? ParentFirstSeen { get; init; }

    /// <summary>
    /// The share of the estimate that comes from the prior and from the number of the parent's children instead of from counts, 0–1. It is
    /// 1 for a child never seen.
    /// </summary>
    public required double PriorWeight { get; init; }

    /// <summary>
    /// How reliable the parent's history is; <see langword="null"/> where there is no partition clock, as in a recording.
    /// </summary>
    public HistoryConfidence? Confidence { get; init; }
}
