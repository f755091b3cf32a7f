using Changeling.Features;
using Changeling.Scoring;
using Changeling.TestSupport;
using CsCheck;

namespace Changeling.Training.Tests;

/// <summary>Masks against a walk from node to node: the same leaves, and the same sums.</summary>
public class LeafMasksTests
{
    private const int Features = 19;

    private static readonly LaunchModel Shipped = ModelPackage.ReadFile(RepositoryRoot.Combine("models", "lotl.zip")).Model;

    /// <summary>Few distinct numbers on both sides of zero, so that values often equal a threshold.</summary>
    private static readonly Gen<float> Number = Gen.Int[-3, 3].Select(n => n / 2f);

    [Fact]
    public void Random_ensembles_give_what_a_walk_gives() =>
        Gen.Select(Gen.Int[0, int.MaxValue - 1], Gen.Int[0, 9], Number.Array[Features], Gen.Int[0, 1]).Sample(
            (seed, trees, numbers, sign) =>
            {
                var ensemble = RandomTrees.Of(new Random(seed), trees, Features, maxDepth: 5, c => c.Next(-3, 4) / 2f);
                Agree(ensemble, sign == 0 ? numbers : [.. numbers.Select(Math.Abs)]);
            },
            iter: 3000);

    [Fact]
    public void Many_trees_give_what_a_walk_gives() =>
        Agree(
            RandomTrees.Of(new Random(5), 1500, Features, maxDepth: 2, c => c.NextSingle()),
            [.. Enumerable.Range(0, Features).Select(i => i / (float)Features)]);

    [Fact]
    public void Two_ensembles_together_give_what_each_gives_alone() =>
        Gen.Select(Gen.Int[0, 9999], Gen.Int[0, 9], Gen.Int[0, 9], Number.Array[Features]).Sample((seed, some, others, values) =>
        {
            var chance = new Random(seed);
            var first = RandomTrees.Of(chance, some, Features, maxDepth: 5, c => c.Next(-3, 4) / 2f);
            var second = RandomTrees.Of(chance, others, Features, maxDepth: 5, c => c.Next(-3, 4) / 2f);

            var margins = new LeafMasks(TreeEnsemble.Join(first, second)).Margins(values, some);

            Assert.Equal((first.Margin(values), second.Margin(values)), (margins.First, margins.Others));
        }, iter: 1000);

    [Theory]
    [InlineData(0, 1, 0.1)]
    [InlineData(0, 15, 0.5)]
    [InlineData(-2, 4, 0.1)]
    [InlineData(-1, 0, 0.01)]
    public void The_shipped_trees_give_what_a_walk_gives_for_any_values(float least, float most, double share)
    {
        var chance = new Random(17);
        foreach (var trees in new[] { Shipped.Whole.Trees, Shipped.Act.Trees })
        {
            var values = new float[FeatureSchema.Length];
            Agree(trees, values);
            for (var round = 0; round < 100; round++)
            {
                for (var f = 0; f < values.Length; f++)
                    values[f] = chance.NextDouble() < share ? least + ((most - least) * chance.NextSingle()) : 0;
                Agree(trees, values);
            }
        }
    }

    [Fact]
    public void The_shipped_trees_give_what_a_walk_gives_for_values_at_their_thresholds()
    {
        var chance = new Random(18);
        foreach (var trees in new[] { Shipped.Whole.Trees, Shipped.Act.Trees })
        {
            var asked = trees.Feature.Index().Where(n => n.Item >= 0).ToLookup(n => n.Item, n => trees.Threshold[n.Index]);
            for (var round = 0; round < 100; round++)
            {
                var values = new float[FeatureSchema.Length];
                foreach (var thresholds in asked)
                {
                    var threshold = thresholds.ElementAt(chance.Next(thresholds.Count()));
                    values[thresholds.Key] = chance.Next(4) switch
                    {
                        0 => threshold,
                        1 => MathF.BitIncrement(threshold),
                        2 => MathF.BitDecrement(threshold),
                        _ => 0,
                    };
                }

                Agree(trees, values);
            }
        }
    }

    [Fact]
    public void The_shipped_trees_give_what_a_walk_gives_for_events() =>
        Assert.All(Tiny.Rows, row =>
        {
            Agree(Shipped.Whole.Trees, FeatureExtractor.Extract(row.Event).Values);
            Agree(Shipped.Act.Trees, FeatureExtractor.Extract(row.Event).Values);
        });

    private static void Agree(TreeEnsemble trees, float[] values)
    {
        var (margin, changes) = (0.0, new double[values.Length]);
        foreach (var root in trees.Roots)
        {
            var node = root;
            while (trees.Feature[node] >= 0)
            {
                var (feature, before) = (trees.Feature[node], trees.Value[node]);
                node = values[feature] <= trees.Threshold[node] ? trees.Left[node] : trees.Right[node];
                changes[feature] += trees.Value[node] - before;
            }

            margin += trees.Value[node];
        }

        var sums = new double[values.Length];
        trees.AddPathChanges(values, sums);

        Assert.Equal(margin, trees.Margin(values), 1e-9);
        Assert.Equal(changes.Select(BitConverter.DoubleToInt64Bits), sums.Select(BitConverter.DoubleToInt64Bits));
    }
}
