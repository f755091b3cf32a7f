namespace Changeling.Training.Tests;

/// <summary>The curves of an evaluation, on rows that one can count by hand.</summary>
public sealed class OperatingPointTests
{
    private static readonly (double, bool)[] Judged = [(0.9, true), (0.8, false), (0.8, true), (0.4, true), (0.1, false), (0.1, false)];

    [Fact]
    public void Each_threshold_counts_what_is_at_or_above_it()
    {
        var curve = OperatingPoint.Curve(Judged);

        Assert.Equal([0.9, 0.8, 0.4, 0.1], curve.Select(p => p.Threshold));
        Assert.Equal([1 / 3.0, 2 / 3.0, 1, 1], curve.Select(p => p.Recall));
        Assert.Equal([0, 1 / 3.0, 1 / 3.0, 1], curve.Select(p => p.FalseAlarms));
        Assert.Equal([1, 2 / 3.0, 0.75, 0.5], curve.Select(p => p.Precision));
    }

    [Fact]
    public void There_is_no_curve_without_both_kinds_of_rows() =>
        Assert.Empty(OperatingPoint.Curve([(0.9, true), (0.2, true)]));

    [Fact]
    public void A_curve_of_many_rows_has_few_points_both_ends_and_never_falls()
    {
        var random = new Random(7);
        var judged = Enumerable.Range(0, 20_000).Select(i => (random.NextDouble(), i % 3 == 0)).ToList();

        var curve = OperatingPoint.Curve(judged);

        Assert.InRange(curve.Count, 100, 450);
        Assert.Equal((1, 1), (curve[^1].Recall, curve[^1].FalseAlarms));
        Assert.All(curve.Zip(curve.Skip(1)), pair => Assert.True(
            pair.First.Threshold > pair.Second.Threshold && pair.First.Recall <= pair.Second.Recall
                && pair.First.FalseAlarms <= pair.Second.FalseAlarms));
    }

    [Fact]
    public void A_bin_has_the_mean_of_its_probabilities_and_its_share_of_attacks()
    {
        var bins = ReliabilityBin.Of([.. Judged, (1, true)]);

        Assert.Equal([0.1, 0.4, 0.8, 0.9], bins.Select(b => b.From));
        Assert.Equal([2, 1, 2, 2], bins.Select(b => b.Rows));
        Assert.Equal([0, 1, 0.5, 1], bins.Select(b => b.Attacks));
        Assert.Equal(0.95, bins[^1].MeanProbability, 6);
    }
}
