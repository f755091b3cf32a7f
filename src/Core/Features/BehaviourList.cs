namespace Changeling.Features;

/// <summary>The behaviours that are looked for in plain arguments: <c>Words/behaviours.txt</c>.</summary>
internal static class BehaviourList
{
    /// <summary>All, in the order of the file, which is the order of the features.</summary>
    public static IReadOnlyList<Behaviour> All { get; } = Behaviour.Read("Words/behaviours.txt");
}
