using Changeling.Features;
using Changeling.Scoring;

namespace Changeling.Training.Tests;

public class LinearModelTests
{
    [Fact]
    public void Attacks_score_above_ordinary_rows()
    {
        var metrics = RankingMetrics.Of(Tiny.Trained.Select(r => (r.Grams.Sum(g => (double)Tiny.Pair.Linear.Weights[g]), r.Label)));

        Assert.True(metrics.RocAuc > 0.95, $"{metrics.RocAuc}");
    }

    [Fact]
    public void The_same_rows_give_the_same_weights()
    {
        var again = LinearTrainer.Fit(Tiny.Trained, SparseGrams.Buckets, Tiny.Settings.Ridge, Tiny.Seed).Scaled(Tiny.Settings.LinearShare);

        Assert.Equal(LinearModelFile.ToBytes(Tiny.Pair.Linear), LinearModelFile.ToBytes(again));
    }

    [Fact]
    public void A_share_of_nothing_leaves_the_trees_alone()
    {
        var pair = LaunchModelTrainer.Fit(Tiny.Trained, Tiny.Settings with { LinearShare = 0 }, Tiny.Seed);

        Assert.All(
            Tiny.Trained,
            r => Assert.Equal(
                pair.Whole.Trees.Margin(r.Features), pair.Margins(new FeatureVector(r.Features, r.Grams, r.ActGrams).Spans).Whole));
    }
}
