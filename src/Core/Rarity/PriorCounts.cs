namespace Changeling.Rarity;

/// <summary>
/// Launch counts behind a prior: child name → launches, on two levels. A count is damped (1 + ln n for n launches of one
/// recording's lineage), so that one program that starts very often in a lab does not dominate.
/// </summary>
/// <param name="Parents">By folded parent name.</param>
/// <param name="Classes">By class of the parent.</param>
internal sealed record PriorCounts(
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Parents,
    IReadOnlyDictionary<ParentClass, IReadOnlyDictionary<string, double>> Classes);
