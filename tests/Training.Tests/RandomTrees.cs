using Changeling.Scoring;

namespace Changeling.Training.Tests;

/// <summary>Small random ensembles, with what training rows would have left in them.</summary>
internal static class RandomTrees
{
    /// <summary>An ensemble whose trees are at most <paramref name="maxDepth"/> splits deep; some are a single leaf.</summary>
    public static TreeEnsemble Of(Random chance, int trees, int features, int maxDepth, Func<Random, float> threshold)
    {
        var nodes = new List<(int Feature, float Threshold, int Left, int Right, double Value, double Rows)>();
        var roots = new int[trees];
        for (var t = 0; t < trees; t++) roots[t] = Add(depth: 0);
        return new()
        {
            Roots = roots,
            Feature = [.. nodes.Select(n => n.Feature)],
            Threshold = [.. nodes.Select(n => n.Threshold)],
            Left = [.. nodes.Select(n => n.Left)],
            Right = [.. nodes.Select(n => n.Right)],
            Value = [.. nodes.Select(n => n.Value)],
        };

        int Add(int depth)
        {
            var at = nodes.Count;
            nodes.Add(default);
            if (depth == maxDepth || chance.NextDouble() < 0.2)
            {
                nodes[at] = (-1, 0, 0, 0, chance.NextDouble() - 0.5, chance.Next(0, 4));
                return at;
            }

            var (feature, limit) = (chance.Next(features), threshold(chance));
            var (left, right) = (Add(depth + 1), Add(depth + 1));
            var rows = nodes[left].Rows + nodes[right].Rows;
            var value = rows > 0
                ? ((nodes[left].Value * nodes[left].Rows) + (nodes[right].Value * nodes[right].Rows)) / rows
                : (nodes[left].Value + nodes[right].Value) / 2;
            nodes[at] = (feature, limit, left, right, value, rows);
            return at;
        }
    }
}
