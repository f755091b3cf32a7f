namespace Changeling.Features;

/// <summary>The behaviours that are looked for in plain arguments: <c>Words/behaviours.txt</c>.</summary>
internal static class BehaviourList
{
    /// <summary>All, in the order of the file, which is the order of the features.</summary>
    public static IReadOnlyList<Behaviour> All { get; } = Behaviour.Read("Words/behaviours.txt");

    private static readonly BehaviourSearch Search = new(All);

    /// <summary>How many terms of each are in a text of arguments, in the order of <see cref="All"/>.</summary>
    public static int[] Match(string text) => Search.CountIn(text);
}
