using Changeling.Counts;

namespace Changeling.Rarity;

/// <summary>A pair that is known to be ordinary without a recording.</summary>
/// <param name="Lineage">The folded pair.</param>
/// <param name="ParentClass">The parent's class.</param>
/// <param name="Launches">How often one recording would contain it, at least 1.</param>
public readonly record struct OrdinaryPair(Lineage Lineage, ParentClass ParentClass, int Launches);
