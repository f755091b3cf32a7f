namespace Changeling.Scoring;

/// <summary>
/// A boosted ensemble in flat arrays: loads in milliseconds and scores by <see cref="LeafMasks"/>, from any number of threads.
/// Every node knows its expected value over the training rows, from which <see cref="ShapleyValues"/> explain a margin.
/// </summary>
/// <remarks>
/// The nodes of all trees are stored one after the other. An inner node has a feature ≥ 0 and goes left when the value is ≤ its threshold;
/// a leaf has feature −1. The margin is the sum of the leaves' values, in log-odds. No feature is NaN.
/// </remarks>
internal sealed class TreeEnsemble
{
    private readonly Lazy<LeafMasks> _masks;
    private readonly Lazy<LeafPaths> _paths;
    private readonly Lazy<ShapleyValues> _shapley;

    public TreeEnsemble()
    {
        _masks = new(() => new LeafMasks(this));
        _paths = new(() => new LeafPaths(this));
        _shapley = new(() => new ShapleyValues(this));
    }

    public required int[] Roots { get; init; }

    public required int[] Feature { get; init; }

    public required float[] Threshold { get; init; }

    public required int[] Left { get; init; }

    public required int[] Right { get; init; }

    /// <summary>A leaf's value; for an inner node the mean of its leaves, weighted by training rows.</summary>
    public required double[] Value { get; init; }

    /// <summary>The trees of two ensembles as one: those of the first come first.</summary>
    public static TreeEnsemble Join(TreeEnsemble first, TreeEnsemble second)
    {
        var nodes = first.Feature.Length;
        return new()
        {
            Roots = [.. first.Roots, .. second.Roots.Select(root => root + nodes)],
            Feature = [.. first.Feature, .. second.Feature],
            Threshold = [.. first.Threshold, .. second.Threshold],
            Left = [.. first.Left, .. second.Left.Select(child => child + nodes)],
            Right = [.. first.Right, .. second.Right.Select(child => child + nodes)],
            Value = [.. first.Value, .. second.Value],
        };
    }

    /// <summary>The ensemble's raw score, in log-odds before calibration.</summary>
    public double Margin(ReadOnlySpan<float> features) => _masks.Value.Margin(features);

    /// <summary>
    /// The contribution of each feature to the margin (<see cref="ShapleyValues"/>). Much slower than a margin, so only for detections.
    /// </summary>
    /// <param name="features">The event.</param>
    /// <param name="sums">
    /// What is added to: one value a feature. Together with <see cref="Expectation"/> they sum to the margin.
    /// </param>
    public void AddContributions(ReadOnlySpan<float> features, Span<double> sums) => _shapley.Value.Add(features, sums);

    /// <summary>
    /// What each feature changes along the event's path through each tree: the difference of the expectations before and after a split.
    /// As cheap as a margin, but a split near a leaf has more than its share.
    /// </summary>
    /// <param name="features">The event.</param>
    /// <param name="sums">
    /// What is added to: one value a feature. Together with <see cref="Expectation"/> they sum to the margin.
    /// </param>
    public void AddPathChanges(ReadOnlySpan<float> features, Span<double> sums) =>
        _paths.Value.Add(_masks.Value.Leaves(features), sums);

    /// <summary>The mean margin over the training rows.</summary>
    public double Expectation => Roots.Sum(root => Value[root]);

    /// <summary>Number of leaves of the largest tree.</summary>
    public int Leaves
    {
        get
        {
            // Children are stored after their parent, so a backward loop handles every child first.
            var below = new int[Feature.Length];
            for (var node = Feature.Length - 1; node >= 0; node--)
                below[node] = Feature[node] < 0 ? 1 : below[Left[node]] + below[Right[node]];
            return below.DefaultIfEmpty().Max();
        }
    }
}
