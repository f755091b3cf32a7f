namespace Changeling.Scoring;

/// <summary>
/// Exact Shapley values of an ensemble's features (TreeSHAP, path-dependent): what each feature adds to the margin, averaged over all
/// orders in which the features could become known. Unlike the changes along one path they do not favour the splits near the leaves.
/// </summary>
/// <remarks>
/// S. Lundberg et al., <i>Consistent Individualized Feature Attribution for Tree Ensembles</i>, algorithm 2. The share of training
/// rows that went left is not stored; it follows from the expectations, since a node's is the mean of its children's.
/// </remarks>
internal sealed class ShapleyValues
{
    /// <summary>If expectations are closer to each other than this, weights cannot be derived from them.</summary>
    private const double Indistinct = 1e-12;

    private readonly TreeEnsemble _trees;
    private readonly double[] _leftShare;
    private readonly int _features;
    private readonly int _depth;

    /// <summary>Prepares an ensemble. Call it once, because it visits every node.</summary>
    public ShapleyValues(TreeEnsemble trees)
    {
        _trees = trees;
        _features = trees.Feature.Length == 0 ? 0 : trees.Feature.Max() + 1;
        _leftShare = new double[trees.Feature.Length];
        for (var node = 0; node < _leftShare.Length; node++)
        {
            if (trees.Feature[node] >= 0)
                _leftShare[node] = LeftShare(trees.Value[node], trees.Value[trees.Left[node]], trees.Value[trees.Right[node]]);
        }

        _depth = trees.Depth;
    }

    /// <summary>The contribution of each feature to the margin of one event.</summary>
    /// <returns>
    /// One value for each feature that a tree uses and whose contribution is not 0; together with the expectation they sum to the margin.
    /// </returns>
    public Dictionary<int, double> Of(ReadOnlySpan<float> features)
    {
        var sums = new double[_features];
        var steps = new Step[(_depth + 2) * (_depth + 3) / 2];
        foreach (var root in _trees.Roots) Walk(root, steps, 0, new Step { Feature = -1, Zero = 1, One = 1 }, features, sums);
        return sums.Index().Where(s => s.Item != 0).ToDictionary(s => s.Index, s => s.Item);
    }

    private static double LeftShare(double mean, double left, double right) =>
        Math.Abs(left - right) < Indistinct ? 0.5 : Math.Clamp((mean - right) / (left - right), 0, 1);

    /// <param name="node">The current node.</param>
    /// <param name="steps">The steps of the parent's walk first, then room for this one's.</param>
    /// <param name="last">Index of the step to be added: the number of steps before it.</param>
    /// <param name="step">The step that led to this node.</param>
    /// <param name="features">The event.</param>
    /// <param name="sums">One sum for each feature.</param>
    private void Walk(int node, Span<Step> steps, int last, Step step, ReadOnlySpan<float> features, double[] sums)
    {
        var own = steps[last..];
        steps[..last].CopyTo(own);
        Extend(own, last, step);
        if (_trees.Feature[node] < 0)
        {
            for (var i = 1;
                 i <= last;
                 i++) sums[own[i].Feature] += UnwoundSum(own, last, i) * (own[i].One - own[i].Zero) * _trees.Value[node];
            return;
        }

        var feature = _trees.Feature[node];
        var (zero, one) = (1.0, 1.0);
        for (var i = 1; i <= last; i++)
        {
            if (own[i].Feature != feature) continue;
            (zero, one) = (own[i].Zero, own[i].One);
            Unwind(own, last--, i);
            break;
        }

        var goesLeft = features[feature] <= _trees.Threshold[node];
        var left = new Step { Feature = feature, Zero = zero * _leftShare[node], One = goesLeft ? one : 0 };
        var right = new Step { Feature = feature, Zero = zero * (1 - _leftShare[node]), One = goesLeft ? 0 : one };

        // Neither a training row nor this event takes this branch, so its weight is 0.
        if (left is not { Zero: 0, One: 0 }) Walk(_trees.Left[node], own, last + 1, left, features, sums);
        if (right is not { Zero: 0, One: 0 }) Walk(_trees.Right[node], own, last + 1, right, features, sums);
    }

    private static void Extend(Span<Step> path, int last, Step step)
    {
        path[last] = step with { Weight = last == 0 ? 1 : 0 };
        for (var i = last - 1; i >= 0; i--)
        {
            path[i + 1].Weight += step.One * path[i].Weight * (i + 1) / (last + 1);
            path[i].Weight = step.Zero * path[i].Weight * (last - i) / (last + 1);
        }
    }

    private static void Unwind(Span<Step> path, int last, int index)
    {
        var (zero, one, next) = (path[index].Zero, path[index].One, path[last].Weight);
        for (var i = last - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                var before = path[i].Weight;
                path[i].Weight = next * (last + 1) / ((i + 1) * one);
                next = before - (path[i].Weight * zero * (last - i) / (last + 1));
            }
            else
            {
                path[i].Weight = path[i].Weight * (last + 1) / (zero * (last - i));
            }
        }

        for (var i = index; i < last; i++) path[i] = path[i + 1] with { Weight = path[i].Weight };
    }

    private static double UnwoundSum(ReadOnlySpan<Step> path, int last, int index)
    {
        var (zero, one, next, sum) = (path[index].Zero, path[index].One, path[last].Weight, 0.0);
        for (var i = last - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                var weight = next * (last + 1) / ((i + 1) * one);
                sum += weight;
                next = path[i].Weight - (weight * zero * (last - i) / (last + 1));
            }
            else
            {
                sum += path[i].Weight * (last + 1) / (zero * (last - i));
            }
        }

        return sum;
    }

    /// <summary>One feature on the path from the root.</summary>
    private record struct Step
    {
        public int Feature;

        /// <summary>Share of the rows that take this way when the feature is not known.</summary>
        public double Zero;

        /// <summary>1 when the event itself takes this way, else 0.</summary>
        public double One;

        /// <summary>Sum over the subsets of the features so far, by their size.</summary>
        public double Weight;
    }
}
