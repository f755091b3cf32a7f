namespace Changeling.Scoring;

/// <summary>
/// A boosted ensemble in flat arrays: loads in milliseconds and scores by walking the trees, from any number of threads.
/// Every node knows its expected value over the training rows, from which <see cref="ShapleyValues"/> explain a margin.
/// </summary>
/// <remarks>
/// The nodes of all trees are stored one after the other. An inner node has a feature ≥ 0 and goes left when the value is ≤ its threshold;
/// a leaf has feature −1. The margin is the sum of the leaves' values, in log-odds.
/// </remarks>
internal sealed class TreeEnsemble
{
    private readonly Lazy<ShapleyValues> _shapley;

    public TreeEnsemble() => _shapley = new(() => new ShapleyValues(this));

    public required int[] Roots { get; init; }

    public required int[] Feature { get; init; }

    public required float[] Threshold { get; init; }

    public required int[] Left { get; init; }

    public required int[] Right { get; init; }

    /// <summary>A leaf's value; for an inner node the mean of its leaves, weighted by training rows.</summary>
    public required double[] Value { get; init; }

    /// <summary>The ensemble's raw score, in log-odds before calibration.</summary>
    public double Margin(ReadOnlySpan<float> features)
    {
        var sum = 0.0;
        foreach (var root in Roots) sum += Value[LeafOf(root, features)];
        return sum;
    }

    /// <summary>
    /// The contribution of each feature to the margin (<see cref="ShapleyValues"/>). Much slower than a margin, so only for detections.
    /// </summary>
    /// <returns>One value a feature; together with <see cref="Expectation"/> they sum to the margin.</returns>
    public double[] Contributions(ReadOnlySpan<float> features) => _shapley.Value.Of(features);

    /// <summary>
    /// What each feature changes along the event's path through each tree: the difference of the expectations before and after a split.
    /// As cheap as a margin, but a split near a leaf has more than its share.
    /// </summary>
    /// <returns>One value a feature; together with <see cref="Expectation"/> they sum to the margin.</returns>
    public double[] PathChanges(ReadOnlySpan<float> features)
    {
        var changes = new double[features.Length];
        foreach (var root in Roots)
        {
            for (var node = root; Feature[node] >= 0;)
            {
                var (asked, next) = (Feature[node], Next(node, features));
                changes[asked] += Value[next] - Value[node];
                node = next;
            }
        }

        return changes;
    }

    /// <summary>The mean margin over the training rows.</summary>
    public double Expectation => Roots.Sum(root => Value[root]);

    /// <summary>Number of splits on the longest path from a root to a leaf.</summary>
    public int Depth
    {
        get
        {
            // Children are stored after their parent, so a backward loop handles every child first.
            var below = new int[Feature.Length];
            for (var node = Feature.Length - 1; node >= 0; node--)
            {
                if (Feature[node] >= 0) below[node] = 1 + Math.Max(below[Left[node]], below[Right[node]]);
            }

            return below.DefaultIfEmpty().Max();
        }
    }

    private int LeafOf(int node, ReadOnlySpan<float> features)
    {
        while (Feature[node] >= 0) node = Next(node, features);
        return node;
    }

    private int Next(int node, ReadOnlySpan<float> features) =>
        features[Feature[node]] <= Threshold[node] ? Left[node] : Right[node];
}
