using Changeling.Scoring;
namespace Changeling.Training.Tests;

public class RankingMetricsTests
{
    [Fact]
    public void A_perfect_ranking_is_one_everywhere()
    {
        var metrics = RankingMetrics.Of([(2, true), (3, true), (1, false), (0, false)]);

        Assert.Equal(new RankingMetrics(2, 2, 1, 1, 1, 1, 1), metrics);
    }

    [Fact]
    public void Equal_scores_are_a_coin_toss()
    {
        var metrics = RankingMetrics.Of(Enumerable.Range(0, 100).Select(i => (1.0, i % 4 == 0)));

        Assert.Equal(0.5, metrics.RocAuc);
        Assert.Equal(0.25, metrics.AveragePrecision);
        Assert.Equal(0, metrics.RecallAt5);
    }

    [Fact]
    public void At_most_the_stated_share_of_ordinary_scores_reaches_the_threshold()
    {
        var ordinary = Enumerable.Range(0, 1000).Select(i => i / 1000.0).ToList();

        var threshold = RankingMetrics.ThresholdAt(ordinary, 0.01);

        Assert.Equal(9, ordinary.Count(s => s >= threshold), 1.0);
        Assert.True(ordinary.Count(s => s >= threshold) <= 10);
    }

    [Fact]
    public void Calibration_gives_back_the_frequencies_it_was_shown()
    {
        var random = new Random(5);
        var rows = Enumerable.Range(0, 20_000).Select(_ =>
        {
            var margin = (random.NextDouble() * 8) - 4;
            return (margin, random.NextDouble() < 1 / (1 + Math.Exp(-((0.7 * margin) - 0.4))), 1.0);
        }).ToList();

        var calibration = PlattCalibration.Fit(rows);

        Assert.Equal(0.7, calibration.Slope, 0.05);
        Assert.Equal(-0.4, calibration.Offset, 0.05);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public void Calibration_holds_however_wide_the_margins_are(double width)
    {
        var random = new Random(5);
        var rows = Enumerable.Range(0, 5000).Select(_ =>
        {
            var margin = (random.NextDouble() * 2 * width) - width;
            return (margin, random.NextDouble() < 1 / (1 + Math.Exp(-(margin * 5 / width))), 1.0);
        }).ToList();

        Assert.Equal(5 / width, PlattCalibration.Fit(rows).Slope, 0.5 / width);
    }
}
