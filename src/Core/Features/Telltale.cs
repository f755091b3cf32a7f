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

    /// <summary>How many terms of each are in a text of program and arguments, in the order of <see cref="All"/>.</summary>
    public static int[] Match(string text) => Behaviour.Match(All, text);
}
