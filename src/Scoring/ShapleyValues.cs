using System.Runtime.Intrinsics;

namespace Changeling.Scoring;

/// <summary>
/// Exact Shapley values of an ensemble's features (path-dependent, as TreeSHAP): what each feature adds to the margin, averaged over all
/// orders in which the features could become known. Unlike the changes along one path they do not favour the splits near the leaves.
/// </summary>
/// <remarks>
/// S. Lundberg et al., <i>Consistent Individualized Feature Attribution for Tree Ensembles</i>. The mean over all orders is the mean over
/// all t from 0 to 1 where each feature is known with the probability t. A leaf then counts with the product of one factor a feature on its
/// path. Where the feature is known, the factor is 1 (met) or 0 (not met); elsewhere the share of training rows that meet it. The product
/// is a polynomial in t, so a few points give its mean exactly (<see cref="MeanPoints"/>). All nodes above some leaves share their sum.
/// </remarks>
internal sealed class ShapleyValues
{
    private readonly ShapleyTree[] _trees;
    private readonly int _maxNodes;
    private readonly int _maxVectors;

    /// <summary>Prepares an ensemble; once, since it looks at every node.</summary>
    public ShapleyValues(TreeEnsemble trees)
    {
        _trees = [.. trees.Roots.Where(root => trees.Feature[root] >= 0).Select(root => new ShapleyTree(trees, root))];
        _maxNodes = _trees.Select(t => t.Nodes.Length).DefaultIfEmpty().Max();
        _maxVectors = _trees.Select(t => t.Nodes.Length * t.Points.T.Length).DefaultIfEmpty().Max();
    }

    /// <summary>Adds what each feature adds to the margin of one event.</summary>
    /// <param name="features">The event.</param>
    /// <param name="sums">One sum a feature; what is added makes, together with the expectation, the margin.</param>
    public void Add(ReadOnlySpan<float> features, Span<double> sums)
    {
        var isMet = new bool[_maxNodes];
        var (products, totals) = (new Vector256<double>[_maxVectors], new Vector256<double>[_maxVectors]);
        foreach (var tree in _trees)
        {
            Down(tree, features, isMet, products, totals);
            Up(tree, isMet, totals, sums);
        }
    }

    /// <summary>From the root to the leaves: the product of the factors on the way to each node, and what each leaf counts.</summary>
    private static void Down(
        ShapleyTree tree, ReadOnlySpan<float> features, Span<bool> isMet, Span<Vector256<double>> products,
        Span<Vector256<double>> totals)
    {
        ReadOnlySpan<Vector256<double>> t = tree.Points.T, rest = tree.Points.Rest;
        products[..t.Length].Fill(Vector256<double>.One);
        for (var split = 0; split < tree.Splits.Length; split++)
        {
            ref readonly var asked = ref tree.Splits[split];
            var left = ShapleyTree.LeftOf(split);
            var from = products.Slice(asked.Node * t.Length, t.Length);
            if (asked.IsAgain && !isMet[asked.Above])
            {
                // What a feature does not meet once, it does not meet: only fewer rows do.
                for (var node = left; node <= left + 1; node++)
                {
                    isMet[node] = false;
                    var (share, value, at) = (tree.Nodes[node].Part, tree.Nodes[node].Value, node * t.Length);
                    for (var i = 0; i < t.Length; i++) totals[at + i] = (products[at + i] = from[i] * share) * value;
                }

                continue;
            }

            var met = left + (features[asked.Feature] <= asked.Threshold ? 0 : 1);
            var unmet = left + left + 1 - met;
            (isMet[met], isMet[unmet]) = (true, false);
            var (metNode, unmetNode) = (tree.Nodes[met], tree.Nodes[unmet]);
            var (metAt, unmetAt) = (met * t.Length, unmet * t.Length);
            for (var i = 0; i < t.Length; i++)
            {
                var product = from[i];
                if (asked.IsAgain) product /= t[i] + (rest[i] * tree.Nodes[asked.Above].Share);
                var (ofMet, ofUnmet) = (product * (t[i] + (rest[i] * metNode.Share)), product * (rest[i] * unmetNode.Share));
                (products[metAt + i], products[unmetAt + i]) = (ofMet, ofUnmet);
                (totals[metAt + i], totals[unmetAt + i]) = (ofMet * metNode.Value, ofUnmet * unmetNode.Value);
            }
        }
    }

    /// <summary>From the leaves to the root: sums what the leaves below each split count, and what its feature changes of it.</summary>
    /// <remarks>
    /// A total contains the feature's factor. Knowing the feature changes it from the share to 1 where it is met, and to 0 where not.
    /// </remarks>
    private static void Up(ShapleyTree tree, ReadOnlySpan<bool> isMet, Span<Vector256<double>> totals, Span<double> sums)
    {
        ReadOnlySpan<Vector256<double>> t = tree.Points.T, rest = tree.Points.Rest;
        ReadOnlySpan<Vector256<double>> weight = tree.Points.Weight, weightByRest = tree.Points.WeightByRest;
        for (var split = tree.Splits.Length - 1; split >= 0; split--)
        {
            ref readonly var asked = ref tree.Splits[split];
            var left = ShapleyTree.LeftOf(split);
            var into = totals.Slice(asked.Node * t.Length, t.Length);
            var isMissed = asked.IsAgain && !isMet[asked.Above];
            var met = left + (isMet[left] ? 0 : 1);
            var ofMet = totals.Slice(met * t.Length, t.Length);
            var ofUnmet = totals.Slice((left + left + 1 - met) * t.Length, t.Length);
            var (share, change) = (tree.Nodes[met].Share, Vector256<double>.Zero);
            for (var i = 0; i < t.Length; i++)
            {
                into[i] = ofMet[i] + ofUnmet[i];
                if (isMissed) continue;
                change += (weight[i] * (1 - share) * ofMet[i] / (t[i] + (rest[i] * share))) - (weightByRest[i] * ofUnmet[i]);
                if (!asked.IsAgain) continue;

                // The split above has counted both for this feature, as if it were met down here.
                var before = tree.Nodes[asked.Above].Share;
                change -= weight[i] * (1 - before) * into[i] / (t[i] + (rest[i] * before));
            }

            sums[asked.Feature] += Vector256.Sum(change);
        }
    }
}
