using Changeling.Counts;
using Changeling.Rarity;

namespace Changeling.Deciding;

/// <summary>What one event partition has counted before an event, as far as the decision on it needs that.</summary>
/// <param name="Surprises">How surprising the partition's launches were.</param>
/// <param name="Others">What the other partitions have counted.</param>
internal readonly record struct CountsBefore(SurpriseHistogram Surprises, OtherPartitions Others)
{
    /// <summary>The launches of the parent; <see langword="null"/> without a believable parent.</summary>
    public ParentHistory? History { get; init; }

    /// <summary>Where the child was classified as malicious; <see langword="null"/> for an event that is not.</summary>
    public MaliciousBefore? Malicious { get; init; }
}
