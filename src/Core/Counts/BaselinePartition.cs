using Changeling.Events;

namespace Changeling.Counts;

/// <summary>The rows that one event partition changes; they sit in one table partition and change in one transaction.</summary>
/// <param name="Baseline">Name of the set of counts, a setting.</param>
/// <param name="Source">The event partition.</param>
public readonly record struct BaselinePartition(string Baseline, EventPartition Source)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Baseline}:{Source}";
}
