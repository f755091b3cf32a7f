using Changeling.Scoring;
using Microsoft.ML;

namespace Changeling.Training.Tests;

public class TreeEnsembleTests
{
    private sealed class Output
    {
        public float Score { get; set; }

        public float Probability { get; set; }
    }

    [Fact]
    public void Walking_the_trees_gives_what_ML_NET_gives()
    {
        var context = new MLContext(Tiny.Seed);
        var model = LightGbm.FitMlNet(context, Tiny.Trained, Tiny.Settings, Tiny.Seed);
        var ensemble = TreeEnsembleBuilder.From(model.Model.SubModel, Tiny.Trained);

        var scores = context.Data.CreateEnumerable<Output>(model.Transform(ModelRow.View(context, Tiny.Trained)), reuseRowObject: false)
            .Select(o => o.Score)
            .ToList();

        Assert.All(Tiny.Trained.Zip(scores), pair => Assert.Equal(pair.Second, ensemble.Margin(pair.First.Features), 1e-5));
        Assert.True(scores.Distinct().Count() > 10);
    }

    [Fact]
    public void The_same_rows_and_seed_give_the_same_trees() =>
        Assert.Equal(
            TreeEnsembleFile.ToBytes(Tiny.Ensemble), TreeEnsembleFile.ToBytes(LightGbm.Fit(Tiny.Trained, Tiny.Settings, Tiny.Seed)));

    [Fact]
    public void Contributions_and_expectation_sum_to_the_margin() =>
        Assert.All(Tiny.Trained, row =>
        {
            var contributions = new double[row.Features.Length];
            Tiny.Ensemble.AddContributions(row.Features, contributions);
            Assert.Equal(Tiny.Ensemble.Margin(row.Features), Tiny.Ensemble.Expectation + contributions.Sum(), 1e-9);
        });

    [Fact]
    public void Attacks_score_above_ordinary_rows()
    {
        var metrics = RankingMetrics.Of(Tiny.Trained.Select(r => (Tiny.Ensemble.Margin(r.Features), r.Label)));

        Assert.True(metrics.RocAuc > 0.95, $"{metrics.RocAuc}");
    }
}
