using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Changeling.Scoring;

/// <summary>
/// Finds the leaf of every tree of an ensemble without walking the trees: each condition that an event does not meet clears the leaves
/// that can no longer be reached. The first leaf that is left is the event's.
/// </summary>
/// <remarks>
/// C. Lucchese et al., <i>QuickScorer</i>, SIGIR 2015. The leaves of a tree are numbered from left to right. An inner node's condition is
/// "value ≤ threshold"; an event that does not meet it cannot reach the leaves on the left of that node. Most features of an event are 0:
/// the masks of an event of zeros are computed once, and an event only applies the conditions between 0 and its values. Features are
/// finite; a value that is not a number would meet every condition.
/// </remarks>
internal sealed class LeafMasks
{
    /// <summary>Maximum number of leaves of a tree: one bit each.</summary>
    public const int MaxLeaves = 32;

    /// <summary>The thresholds of the conditions, by feature and then ascending: values up to one meet its condition.</summary>
    private readonly float[] _thresholds;

    /// <summary>By condition: what it clears.</summary>
    private readonly Clearing[] _clearings;

    /// <summary>By feature, its first condition; one element longer than the number of features that are asked for.</summary>
    private readonly int[] _first;

    /// <summary>By feature, its first condition that zero meets.</summary>
    private readonly int[] _firstMetByZero;

    private readonly uint[] _ofZeros;

    /// <summary>By tree, the index of its first leaf.</summary>
    private readonly int[] _start;

    /// <summary>The leaves' values; each tree has room for <see cref="MaxLeaves"/>, so that no first leaf is looked up.</summary>
    private readonly double[] _value;

    /// <summary>Prepares an ensemble; once, since it looks at every node.</summary>
    /// <exception cref="ArgumentException">A tree has more than <see cref="MaxLeaves"/> leaves.</exception>
    public LeafMasks(TreeEnsemble trees)
    {
        if (trees.Leaves > MaxLeaves) throw new ArgumentException($"A tree has more than {MaxLeaves} leaves.", nameof(trees));
        var conditions = new List<(int Feature, Condition Condition)>();
        _start = new int[trees.Roots.Length];
        _value = new double[_start.Length * MaxLeaves];
        for (var (tree, leaves) = (0, 0); tree < _start.Length; tree++)
        {
            _start[tree] = leaves;
            var ofTree = new List<double>();
            Number(trees, tree, trees.Roots[tree], conditions, ofTree);
            ofTree.CopyTo(_value, tree * MaxLeaves);
            leaves += ofTree.Count;
        }

        conditions = Merged(conditions);
        _thresholds = [.. conditions.Select(c => c.Condition.Threshold)];
        _clearings = [.. conditions.Select(c => new Clearing(c.Condition.Mask, c.Condition.Tree))];
        var features = conditions.Count == 0 ? 0 : conditions[^1].Feature + 1;
        (_first, _firstMetByZero) = (new int[features + 1], new int[features]);
        foreach (var (feature, condition) in conditions)
        {
            _first[feature + 1]++;
            if (condition.Threshold < 0) _firstMetByZero[feature]++;
        }

        for (var feature = 0; feature < features; feature++)
        {
            _firstMetByZero[feature] += _first[feature];
            _first[feature + 1] += _first[feature];
        }

        _ofZeros = new uint[_start.Length];
        ApplyAll(new float[features], _ofZeros);
    }

    /// <summary>The sum of the leaves' values.</summary>
    public double Margin(ReadOnlySpan<float> features) => Margins(features, _start.Length).First;

    /// <summary>The sums of the leaves' values of the first trees and of the others.</summary>
    /// <param name="features">The event.</param>
    /// <param name="first">Number of the first trees.</param>
    public (double First, double Others) Margins(ReadOnlySpan<float> features, int first)
    {
        var rented = ArrayPool<uint>.Shared.Rent(_start.Length);
        var masks = rented.AsSpan(0, _start.Length);
        Apply(features, masks);
        var sums = (Sum(masks, 0, first), Sum(masks, first, masks.Length));
        ArrayPool<uint>.Shared.Return(rented);
        return sums;
    }

    /// <summary>
    /// The event's leaf in each tree, as an index among the leaves of all trees: tree by tree, and in a tree from left to right.
    /// </summary>
    public int[] Leaves(ReadOnlySpan<float> features)
    {
        var rented = ArrayPool<uint>.Shared.Rent(_start.Length);
        var masks = rented.AsSpan(0, _start.Length);
        Apply(features, masks);
        var leaves = new int[masks.Length];
        for (var tree = 0; tree < leaves.Length; tree++) leaves[tree] = _start[tree] + BitOperations.TrailingZeroCount(masks[tree]);
        ArrayPool<uint>.Shared.Return(rented);
        return leaves;
    }

    /// <summary>Two sums, so that an addition need not wait for the one before.</summary>
    private double Sum(ReadOnlySpan<uint> masks, int from, int to)
    {
        var (even, odd) = (0.0, 0.0);
        for (; from + 1 < to; from += 2)
        {
            even += ValueOf(from, masks[from]);
            odd += ValueOf(from + 1, masks[from + 1]);
        }

        return even + odd + (from < to ? ValueOf(from, masks[from]) : 0);
    }

    private double ValueOf(int tree, uint mask) => _value[(tree * MaxLeaves) + BitOperations.TrailingZeroCount(mask)];

    /// <returns>The leaves below a node, as bits.</returns>
    private static uint Number(
        TreeEnsemble trees, int tree, int node, List<(int Feature, Condition Condition)> conditions, List<double> values)
    {
        if (trees.Feature[node] < 0)
        {
            values.Add(trees.Value[node]);
            return 1U << (values.Count - 1);
        }

        var left = Number(trees, tree, trees.Left[node], conditions, values);
        conditions.Add((trees.Feature[node], new(~left, tree, trees.Threshold[node])));
        return left | Number(trees, tree, trees.Right[node], conditions, values);
    }

    /// <summary>Conditions in order; what a tree asks several times is one condition.</summary>
    private static List<(int Feature, Condition Condition)> Merged(List<(int Feature, Condition Condition)> conditions) =>
    [
        .. conditions
            .GroupBy(c => (c.Feature, c.Condition.Threshold, c.Condition.Tree))
            .OrderBy(g => g.Key)
            .Select(g => (
                g.Key.Feature, new Condition(g.Aggregate(~0U, (mask, c) => mask & c.Condition.Mask), g.Key.Tree, g.Key.Threshold))),
    ];

    private void Apply(ReadOnlySpan<float> features, Span<uint> masks)
    {
        _ofZeros.CopyTo(masks);
        var values = features[.._firstMetByZero.Length];
        for (var from = 0; from < values.Length; from += Vector256<float>.Count)
        {
            for (var set = NotZero(values[from..]); set != 0; set &= set - 1)
            {
                var feature = from + BitOperations.TrailingZeroCount(set);
                var value = values[feature];
                if (value < 0)
                {
                    // The masks of zeros already hold conditions that such a value meets.
                    ApplyAll(values, masks);
                    return;
                }

                Apply(_firstMetByZero[feature], _first[feature + 1], value, masks);
            }
        }
    }

    private void ApplyAll(ReadOnlySpan<float> values, Span<uint> masks)
    {
        masks.Fill(~0U);
        for (var feature = 0; feature < values.Length; feature++) Apply(_first[feature], _first[feature + 1], values[feature], masks);
    }

    /// <summary>Applies those of a feature's conditions that its value does not meet.</summary>
    private void Apply(int from, int to, float value, Span<uint> masks)
    {
        var unmet = CountBelow(_thresholds.AsSpan(from..to), value);
        foreach (ref readonly var cleared in _clearings.AsSpan(from, unmet)) masks[cleared.Tree] &= cleared.Mask;
    }

    private static int CountBelow(ReadOnlySpan<float> thresholds, float value)
    {
        // A flag that is set meets no condition.
        if (thresholds.IsEmpty || thresholds[^1] < value) return thresholds.Length;
        var (count, wanted) = (0, Vector256.Create(value));
        for (; count + Vector256<float>.Count <= thresholds.Length; count += Vector256<float>.Count)
        {
            var below = Vector256.LessThan(Vector256.Create(thresholds[count..]), wanted).ExtractMostSignificantBits();
            if (below != byte.MaxValue) return count + BitOperations.PopCount(below);
        }

        while (thresholds[count] < value) count++;
        return count;
    }

    /// <summary>Which of the first eight values are not 0, as bits.</summary>
    private static uint NotZero(ReadOnlySpan<float> values)
    {
        if (values.Length >= Vector256<float>.Count)
            return Vector256.Equals(Vector256.Create(values), Vector256<float>.Zero).ExtractMostSignificantBits() ^ 0xFF;
        var set = 0U;
        for (var i = 0; i < values.Length; i++) if (values[i] != 0) set |= 1U << i;
        return set;
    }

    /// <summary>The condition of an inner node, while the masks are prepared.</summary>
    /// <param name="Mask">The leaves that an event can still reach that does not meet it.</param>
    /// <param name="Tree">Index of its tree.</param>
    /// <param name="Threshold">Met by values up to it.</param>
    private readonly record struct Condition(uint Mask, int Tree, float Threshold);

    /// <summary>What a condition clears that is not met: in one place, because it is read together.</summary>
    /// <param name="Mask">The leaves that can still be reached.</param>
    /// <param name="Tree">Index of the tree.</param>
    private readonly record struct Clearing(uint Mask, int Tree);
}
