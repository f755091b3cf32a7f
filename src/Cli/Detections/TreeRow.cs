namespace Changeling.Cli.Detections;

/// <summary>A process at its place in the drawn tree.</summary>
/// <param name="Process">The process.</param>
/// <param name="First">What stands before it: the lines from its parent.</param>
/// <param name="Below">What stands before further lines about it: the lines to the processes below it.</param>
internal sealed record TreeRow(ShownProcess Process, string First, string Below)
{
    /// <summary>The processes of a tree from top to bottom.</summary>
    /// <param name="processes">The processes; each parent is before its children.</param>
    /// <param name="look">The signs of the lines.</param>
    /// <param name="maxDepth">Levels below this one are drawn on it, so that the tree stays in the width.</param>
    public static IEnumerable<TreeRow> Of(IReadOnlyList<ShownProcess> processes, Look look, int maxDepth)
    {
        var children = processes.Index().ToLookup(p => p.Item.Parent, p => p.Index);
        var open = new Stack<(int Place, int Depth, string Before, bool IsLast)>();
        Push(null, 0, "");
        while (open.TryPop(out var at))
        {
            // A root has no line to it: what is above it is unknown.
            var isRoot = at.Depth == 0;
            var under = isRoot ? "" : at.Before + (at.IsLast ? look.Under : look.Through);
            var hasChildren = children[at.Place].Any();
            yield return new TreeRow(
                processes[at.Place],
                isRoot ? "" : at.Before + (at.IsLast ? look.Last : look.Next),
                under + (hasChildren ? look.Through : look.Under));
            Push(at.Place, at.Depth + 1, at.Depth < maxDepth ? under : at.Before);
        }

        void Push(int? parent, int depth, string before)
        {
            var places = children[parent].Reverse().ToList();
            foreach (var (index, place) in places.Index()) open.Push((place, depth, before, IsLast: index == 0));
        }
    }
}
