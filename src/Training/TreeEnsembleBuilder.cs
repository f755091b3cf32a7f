using Changeling.Scoring;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Changeling.Training;

/// <summary>Gathers ML.NET's trees into the flat arrays of a <see cref="TreeEnsemble"/>.</summary>
internal sealed class TreeEnsembleBuilder
{
    private readonly List<int> _roots = [];
    private readonly List<int> _feature = [];
    private readonly List<float> _threshold = [];
    private readonly List<int> _left = [];
    private readonly List<int> _right = [];
    private readonly List<double> _value = [];

    /// <summary>Takes the trees out of a trained ML.NET model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows whose distribution gives inner nodes their expectation.</param>
    public static TreeEnsemble From(LightGbmBinaryModelParameters model, IReadOnlyList<ModelRow> rows)
    {
        var trees = model.TrainedTreeEnsemble;
        var builder = new TreeEnsembleBuilder();
        for (var t = 0; t < trees.Trees.Count; t++) builder.Add(trees.Trees[t], trees.TreeWeights[t]);
        builder.AddConstant(trees.Bias);
        return builder.Build(rows);
    }

    public void Add(RegressionTree tree, double weight)
    {
        _roots.Add(_feature.Count);
        if (tree.NumberOfNodes == 0) AddNode(-1, 0, weight * tree.LeafValues[0]);
        else AddInner(tree, 0, weight);
    }

    public void AddConstant(double value)
    {
        if (value == 0) return;
        _roots.Add(_feature.Count);
        AddNode(-1, 0, value);
    }

    /// <summary>Builds the ensemble, with the expectations of inner nodes from the rows that reach them.</summary>
    public TreeEnsemble Build(IReadOnlyList<ModelRow> rows)
    {
        var cover = new double[_feature.Count];
        foreach (var row in rows)
        {
            foreach (var root in _roots)
            {
                var node = root;
                for (;
                     _feature[node] >= 0;
                     node = row.Features[_feature[node]] <= _threshold[node] ? _left[node] : _right[node]) cover[node] += row.Weight;
                cover[node] += row.Weight;
            }
        }

        // Children stand after their parent, so going backwards every child is done first.
        for (var node = _feature.Count - 1; node >= 0; node--)
        {
            if (_feature[node] >= 0)
                _value[node] = Mean(_value[_left[node]], cover[_left[node]], _value[_right[node]], cover[_right[node]]);
        }

        return new()
        {
            Roots = [.. _roots],
            Feature = [.. _feature],
            Threshold = [.. _threshold],
            Left = [.. _left],
            Right = [.. _right],
            Value = [.. _value],
        };
    }

    private static double Mean(double left, double leftCover, double right, double rightCover) =>
        leftCover + rightCover > 0 ? ((left * leftCover) + (right * rightCover)) / (leftCover + rightCover) : (left + right) / 2;

    /// <summary>In ML.NET's trees a child index below zero is the complement of a leaf's index.</summary>
    private int AddInner(RegressionTree tree, int index, double weight)
    {
        var node = AddNode(tree.NumericalSplitFeatureIndexes[index], tree.NumericalSplitThresholds[index], 0);
        _left[node] = AddChild(tree, tree.LeftChild[index], weight);
        _right[node] = AddChild(tree, tree.RightChild[index], weight);
        return node;
    }

    private int AddChild(RegressionTree tree, int child, double weight) =>
        child >= 0 ? AddInner(tree, child, weight) : AddNode(-1, 0, weight * tree.LeafValues[~child]);

    private int AddNode(int feature, float threshold, double value)
    {
        _feature.Add(feature);
        _threshold.Add(threshold);
        _left.Add(-1);
        _right.Add(-1);
        _value.Add(value);
        return _feature.Count - 1;
    }
}
