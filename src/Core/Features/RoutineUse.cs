namespace Changeling.Features;

/// <summary>
/// What Windows and common software do all day, the counterpart of <see cref="Telltale"/>: <c>Words/routine-uses.txt</c>.
/// </summary>
/// <remarks>An attacker can imitate each; the trees also see place, rights and what else the command holds.</remarks>
internal static class RoutineUse
{
    /// <summary>
    /// All, in the order of the file, which is the order of the features. They are looked for in <c> parent&gt;child arguments </c>, names
    /// without extension.
    /// </summary>
    public static IReadOnlyList<Behaviour> All { get; } = Behaviour.Read("Words/routine-uses.txt");
}
