namespace Changeling.Scoring;

/// <summary>For each leaf of an ensemble, what the splits on the way to it change: it depends on the leaf alone.</summary>
internal sealed class LeafPaths
{
    /// <summary>By leaf (in the order of <see cref="LeafMasks.Leaves"/>), the index of its first step; one element longer.</summary>
    private readonly int[] _first;

    private readonly Step[] _steps;

    /// <summary>Prepares an ensemble; once, since it looks at every node.</summary>
    public LeafPaths(TreeEnsemble trees)
    {
        var (first, steps, path) = (new List<int> { 0 }, new List<Step>(), new List<Step>());
        foreach (var root in trees.Roots) Down(root);
        (_first, _steps) = ([.. first], [.. steps]);

        void Down(int node)
        {
            if (trees.Feature[node] < 0)
            {
                steps.AddRange(path);
                first.Add(steps.Count);
                return;
            }

            foreach (var next in (ReadOnlySpan<int>)[trees.Left[node], trees.Right[node]])
            {
                path.Add(new(trees.Value[next] - trees.Value[node], trees.Feature[node]));
                Down(next);
                path.RemoveAt(path.Count - 1);
            }
        }
    }

    /// <summary>Adds the changes on the ways to some leaves, in the order of the leaves and of the splits.</summary>
    /// <param name="leaves">Indices of leaves.</param>
    /// <param name="changes">One sum a feature.</param>
    public void Add(ReadOnlySpan<int> leaves, Span<double> changes)
    {
        foreach (var leaf in leaves)
        {
            foreach (ref readonly var step in _steps.AsSpan(_first[leaf].._first[leaf + 1])) changes[step.Feature] += step.Change;
        }
    }

    /// <summary>One split on the way to a leaf.</summary>
    private readonly record struct Step(double Change, int Feature);
}
