namespace Changeling.Features;

/// <summary>
/// Combinations of words that hardly ever meet in ordinary work: <c>Words/telltales.txt</c>. They are looked for in a program's name
/// together with its plain arguments, so that a command reads the same directly and inside any number of shells.
/// </summary>
/// <remarks>Unlike other behaviours, a term here nearly names the act; still none is a verdict.</remarks>
internal static class Telltale
{
    /// <summary>All, in the order of the file, which is the order of the features.</summary>
    public static IReadOnlyList<Behaviour> All { get; } = Behaviour.Read("Words/telltales.txt");

    /// <summary>The telltale that is looked for in comments too: words for people, which run nothing.</summary>
    private static readonly int Lures = All.Index().Single(t => t.Item.Name == "lures_people").Index;

    private static readonly BehaviourSearch LureSearch = new([All[Lures]]);

    /// <summary>Adds what a comment has for people.</summary>
    /// <param name="comment">Comments in plain form.</param>
    /// <param name="counts">The terms found by telltale.</param>
    public static void AddLures(string comment, Span<byte> counts) =>
        counts[Lures] = Math.Max(counts[Lures], LureSearch.CountIn(comment)[0]);
}
