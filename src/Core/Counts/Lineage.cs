namespace Changeling.Counts;

/// <summary>
/// The pair (parent name, child name) that is counted: lower-case file names, volatile parts folded to <c>*</c>. Made by
/// <see cref="Of"/> only, so that parent and child cannot be swapped by mistake.
/// </summary>
/// <param name="Parent">Folded name of the parent.</param>
/// <param name="Child">Folded name of the child.</param>
public readonly record struct Lineage(string Parent, string Child)
{
    /// <summary>Folds two file names into a lineage.</summary>
    /// <param name="parentName">Lower-case file name of the parent.</param>
    /// <param name="childName">Lower-case file name of the child.</param>
    public static Lineage Of(string parentName, string childName) => new(LineageName.Fold(parentName), LineageName.Fold(childName));

    /// <summary><c>parent &gt; child</c>, as shown to people.</summary>
    public override string ToString() => $"{Parent} > {Child}";
}
