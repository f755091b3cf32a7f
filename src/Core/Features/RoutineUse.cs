namespace Changeling.Features;

/// <summary>
/// What Windows and common software do all day, the counterpart of <see cref="Telltale"/>: <c>Words/routine-uses.txt</c>.
/// </summary>
/// <remarks>An attacker can imitate each; the trees also see place, rights and what else the command holds.</remarks>
internal static class RoutineUse
{
    /// <summary>All, in the order of the file, which is the order of the features.</summary>
    public static IReadOnlyList<Behaviour> All { get; } = Behaviour.Read("Words/routine-uses.txt");

    private static readonly BehaviourSearch Search = new(All);

    /// <summary>How many terms of each are in a text, in the order of <see cref="All"/>.</summary>
    /// <param name="text"><c> parent&gt;child arguments </c>, names without extension.</param>
    public static int[] Match(string text) => Search.CountIn(text);
}
