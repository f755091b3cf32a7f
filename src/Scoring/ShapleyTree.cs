namespace Changeling.Scoring;

/// <summary>
/// A tree as <see cref="ShapleyValues"/> reads it: splits before those below them. The share of training rows that went left is not stored
/// in an ensemble; it follows from the expectations, since a node's is the mean of its children's.
/// </summary>
internal sealed class ShapleyTree
{
    /// <summary>Expectations nearer to each other than this do not tell their weights.</summary>
    private const double Indistinct = 1e-12;

    private readonly TreeEnsemble _trees;
    private readonly List<Split> _splits = [];
    private readonly List<Node> _nodes = [new(1, 1, 0)];
    private int _maxFeatures;

    /// <param name="trees">The ensemble.</param>
    /// <param name="root">The tree's root, which is not a leaf.</param>
    public ShapleyTree(TreeEnsemble trees, int root)
    {
        _trees = trees;
        Add(root, at: 0, []);
        (Splits, Nodes, Points) = ([.. _splits], [.. _nodes], MeanPoints.For(_maxFeatures));
    }

    public Split[] Splits { get; }

    /// <summary>The root, then the left and the right child of each split.</summary>
    public Node[] Nodes { get; }

    /// <summary>As many as the longest path has features.</summary>
    public MeanPoints Points { get; }

    /// <summary>The left child of a split; the right one follows it.</summary>
    public static int LeftOf(int split) => (2 * split) + 1;

    /// <param name="node">A split of the ensemble.</param>
    /// <param name="at">The same node in this tree.</param>
    /// <param name="path">By feature, the last node on the way that a split of it led to.</param>
    private void Add(int node, int at, Dictionary<int, int> path)
    {
        var feature = _trees.Feature[node];
        int[] children = [_trees.Left[node], _trees.Right[node]];
        var above = path.GetValueOrDefault(feature);
        var left = LeftShare(_trees.Value[node], _trees.Value[children[0]], _trees.Value[children[1]]);
        var own = LeftOf(_splits.Count);
        _splits.Add(new(at, above, feature, _trees.Threshold[node]));
        foreach (var (child, part) in children.Zip([left, 1 - left]))
            _nodes.Add(new(part, _nodes[above].Share * part, _trees.Feature[child] < 0 ? _trees.Value[child] : 0));
        _maxFeatures = Math.Max(_maxFeatures, path.Count + (above > 0 ? 0 : 1));
        for (var side = 0; side < children.Length; side++)
        {
            if (_trees.Feature[children[side]] >= 0) Add(children[side], own + side, new(path) { [feature] = own + side });
        }
    }

    private static double LeftShare(double mean, double left, double right) =>
        Math.Abs(left - right) < Indistinct ? 0.5 : Math.Clamp((mean - right) / (left - right), 0, 1);

    /// <summary>An inner node.</summary>
    /// <param name="Node">Its index among the nodes.</param>
    /// <param name="Above">The last node on the way to it that a split of the same feature led to; 0 without one.</param>
    /// <param name="Feature">What is asked for.</param>
    /// <param name="Threshold">Values up to it go left.</param>
    public readonly record struct Split(int Node, int Above, int Feature, float Threshold)
    {
        /// <summary>Whether its feature is asked for on the way to it.</summary>
        public bool IsAgain => Above > 0;
    }

    /// <summary>A node as its parent leads to it.</summary>
    /// <param name="Part">The share of the parent's training rows that go this way.</param>
    /// <param name="Share">That of the rows that meet all conditions of the parent's feature up to here.</param>
    /// <param name="Value">The value of a leaf; 0 for an inner node.</param>
    public readonly record struct Node(double Part, double Share, double Value);
}
