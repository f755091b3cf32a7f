namespace Changeling.Scoring;

/// <summary>
/// Exact Shapley values of an ensemble's features (TreeSHAP, path-dependent): what each feature adds to the margin, averaged over all
/// orders in which the features could become known. Unlike the changes along one path they do not favour the splits near the leaves.
/// </summary>
/// <remarks>
/// S. Lundberg et al., <i>Consistent Individualized Feature Attribution for Tree Ensembles</i>. A leaf is computed from the conditions
/// that the event meets and those that it does not: the latter all share one term (as in J. Yang, <i>Fast TreeSHAP</i>), so the
/// work for a leaf is the square of the conditions met, not of the depth. The share of training rows that went left is not stored; it
/// follows from the expectations, since a node's is the mean of its children's.
/// </remarks>
internal sealed class ShapleyValues
{
    /// <summary>Expectations nearer to each other than this do not tell their weights.</summary>
    private const double Indistinct = 1e-12;

    private readonly TreeEnsemble _trees;
    private readonly double[] _leftShare;
    private readonly int _depth;

    /// <summary>By number of features and size of the set before one of them: the share of orders in which that set comes first.</summary>
    private readonly double[][] _orders;

    /// <summary>Prepares an ensemble; once, since it looks at every node.</summary>
    public ShapleyValues(TreeEnsemble trees)
    {
        _trees = trees;
        _leftShare = new double[trees.Feature.Length];
        for (var node = 0; node < _leftShare.Length; node++)
        {
            if (trees.Feature[node] >= 0)
                _leftShare[node] = LeftShare(trees.Value[node], trees.Value[trees.Left[node]], trees.Value[trees.Right[node]]);
        }

        _depth = trees.Depth;
        _orders = [.. Enumerable.Range(0, _depth + 1).Select(Orders)];
    }

    /// <summary>Adds what each feature adds to the margin of one event.</summary>
    /// <param name="features">The event.</param>
    /// <param name="sums">One sum a feature; what is added makes, together with the expectation, the margin.</param>
    public void Add(ReadOnlySpan<float> features, Span<double> sums)
    {
        var walk = new Walk(this, features, sums);
        var sets = new double[(_depth + 2) * (2 * _depth + 4)];
        sets[0] = 1;
        foreach (var root in _trees.Roots) walk.Down(root, sets.AsSpan(0, 1), sets.AsSpan(1), 0, 1);
    }

    private static double LeftShare(double mean, double left, double right) =>
        Math.Abs(left - right) < Indistinct ? 0.5 : Math.Clamp((mean - right) / (left - right), 0, 1);

    private static double[] Orders(int features)
    {
        var orders = new double[features];
        var share = 1.0 / features;
        for (var before = 0; before < features; before++)
        {
            orders[before] = share;
            share *= (before + 1.0) / (features - 1 - before);
        }

        return orders;
    }

    /// <summary>One event's way through the trees.</summary>
    /// <remarks>
    /// <c>sets[k]</c> stands for all sets of k met conditions. It sums what the other met conditions weigh while they are not known: the
    /// coefficients of the product of (x + share) over the met conditions.
    /// </remarks>
    private readonly ref struct Walk
    {
        private readonly ShapleyValues _of;
        private readonly ReadOnlySpan<float> _event;
        private readonly Span<double> _sums;
        private readonly (int Feature, double Share)[] _met;
        private readonly int[] _unmet;

        public Walk(ShapleyValues of, ReadOnlySpan<float> values, Span<double> sums)
        {
            _of = of;
            _event = values;
            _sums = sums;
            (_met, _unmet) = (new (int, double)[of._depth + 1], new int[of._depth + 1]);
        }

        /// <param name="node">Where the walk is.</param>
        /// <param name="sets">The sets of the conditions met so far; one longer than their number.</param>
        /// <param name="room">For the sets further down.</param>
        /// <param name="unmet">The number of conditions that are not met.</param>
        /// <param name="share">Of the rows: those that meet all conditions that the event does not meet.</param>
        public void Down(int node, ReadOnlySpan<double> sets, Span<double> room, int unmet, double share)
        {
            var trees = _of._trees;
            if (trees.Feature[node] < 0)
            {
                Leaf(trees.Value[node] * share, sets, unmet);
                return;
            }

            var goesLeft = _event[trees.Feature[node]] <= trees.Threshold[node];
            Branch(trees.Left[node], trees.Feature[node], _of._leftShare[node], goesLeft, sets, room, unmet, share);
            Branch(trees.Right[node], trees.Feature[node], 1 - _of._leftShare[node], !goesLeft, sets, room, unmet, share);
        }

        private void Branch(
            int node, int feature, double part, bool isMet, ReadOnlySpan<double> sets, Span<double> room, int unmet, double share)
        {
            // No training row and not this event: such a branch weighs nothing in any order.
            if (part == 0 && !isMet) return;
            if (_unmet.AsSpan(0, unmet).Contains(feature))
            {
                // What a feature does not meet once, it does not meet.
                if (part != 0) Down(node, sets, room, unmet, share * part);
                return;
            }

            var met = sets.Length - 1;
            var known = IndexOf(feature, met);
            if (known < 0)
            {
                if (isMet) Meet(node, met, feature, part, sets, room, unmet, share);
                else Miss(node, feature, part, sets, room, unmet, share);
                return;
            }

            var (earlier, last) = (_met[known], _met[met - 1]);
            _met[known] = last;
            Without(sets, earlier.Share, room[..met]);
            if (isMet) Meet(node, met - 1, feature, earlier.Share * part, room[..met], room[met..], unmet, share);
            else Miss(node, feature, earlier.Share * part, room[..met], room[met..], unmet, share);
            (_met[met - 1], _met[known]) = (last, earlier);
        }

        private void Meet(
            int node, int met, int feature, double part, ReadOnlySpan<double> sets, Span<double> room, int unmet, double share)
        {
            var wider = room[..(met + 2)];
            wider[0] = part * sets[0];
            for (var size = 1; size <= met; size++) wider[size] = sets[size - 1] + (part * sets[size]);
            wider[met + 1] = sets[met];
            _met[met] = (feature, part);
            Down(node, wider, room[(met + 2)..], unmet, share);
        }

        private void Miss(int node, int feature, double part, ReadOnlySpan<double> sets, Span<double> room, int unmet, double share)
        {
            if (part == 0) return;
            _unmet[unmet] = feature;
            Down(node, sets, room, unmet + 1, share * part);
        }

        private void Leaf(double value, ReadOnlySpan<double> sets, int unmet)
        {
            var met = sets.Length - 1;
            if (met + unmet == 0) return;
            var orders = _of._orders[met + unmet];
            if (unmet > 0)
            {
                var all = 0.0;
                for (var size = 0; size <= met; size++) all += sets[size] * orders[size];
                foreach (var feature in _unmet.AsSpan(0, unmet)) _sums[feature] -= value * all;
            }

            for (var i = 0; i < met; i++)
            {
                var (feature, share) = _met[i];
                if (share == 1) continue;
                var (others, sum) = (sets[met], sets[met] * orders[met - 1]);
                for (var size = met - 1; size > 0; size--)
                {
                    others = sets[size] - (share * others);
                    sum += others * orders[size - 1];
                }

                _sums[feature] += value * (1 - share) * sum;
            }
        }

        private int IndexOf(int feature, int met)
        {
            for (var i = 0; i < met; i++)
            {
                if (_met[i].Feature == feature) return i;
            }

            return -1;
        }

        /// <summary>The sets without one condition: the division by (x + share).</summary>
        private static void Without(ReadOnlySpan<double> sets, double share, Span<double> others)
        {
            others[^1] = sets[^1];
            for (var size = others.Length - 1; size > 0; size--) others[size - 1] = sets[size] - (share * others[size]);
        }
    }
}
