using Changeling.Rarity;
using CsCheck;

namespace Changeling.Core.Tests.Rarity;

public class SurpriseHistogramTests
{
    [Fact]
    public void The_tail_counts_what_was_at_least_as_surprising()
    {
        var histogram = new SurpriseHistogram();
        foreach (var surprise in (double[])[-1, -1, 0.5, 2, 4]) histogram.Count(surprise, day: 1);

        Assert.Equal(5, histogram.Total);
        Assert.Equal(5, histogram.AtLeast(-1));
        Assert.Equal(2, histogram.AtLeast(2));
        Assert.Equal(0, histogram.AtLeast(4.1));
    }

    [Fact]
    public void A_week_of_the_clock_halves_it()
    {
        var histogram = new SurpriseHistogram();
        for (var i = 0; i < 100; i++) histogram.Count(1, day: 10);

        histogram.Count(3, day: 17);

        Assert.Equal(51, histogram.Total, tolerance: 0.01);
        Assert.Equal(1, histogram.AtLeast(2), tolerance: 1e-9);
    }

    [Fact]
    public void Any_histogram_comes_back_from_its_text() =>
        Gen.Select(Gen.Double[-20, 20], Gen.Int[0, 20]).List[0, 60].Sample(launches =>
        {
            var histogram = new SurpriseHistogram();
            foreach (var (surprise, day) in launches) histogram.Count(surprise, 20_000 + day);

            var back = SurpriseHistogram.Parse(histogram.ToText());

            return back.ToText() == histogram.ToText() && back.Total == histogram.Total && back.AtLeast(1.5) == histogram.AtLeast(1.5);
        });

    [Fact]
    public void Its_text_stays_small_when_every_bin_is_full()
    {
        var histogram = new SurpriseHistogram();
        for (var surprise = -9.0; surprise < 9; surprise += 0.01)
        {
            for (var i = 0; i < 50; i++) histogram.Count(surprise, day: 20_000);
        }

        Assert.InRange(histogram.ToText().Length, 1_000, 4_000);
    }

    [Theory]
    [InlineData("!")]
    [InlineData("_w")]
    [InlineData("AQD_____")]
    public void Text_that_is_no_histogram_is_refused(string text) => Assert.Throws<FormatException>(() => SurpriseHistogram.Parse(text));

    [Fact]
    public void The_shipped_table_gives_way_to_what_was_measured()
    {
        var shipped = new Calibration([new(0, 1), new(1, 0.5)]);
        var measured = new SurpriseHistogram();
        var calibration = new MeasuredCalibration(shipped, measured, new SurpriseHistogram());

        Assert.Equal(0.5, calibration.ShareAtLeast(2), tolerance: 1e-9);

        for (var i = 0; i < 95_000; i++) measured.Count(0, day: 1);
        Assert.Equal(0.025, calibration.ShareAtLeast(2), tolerance: 1e-9);
    }

    [Fact]
    public void The_total_is_that_of_all_bins() =>
        Gen.Select(Gen.Double[-20, 20], Gen.Int[0, 3]).List[0, 60].Sample(launches =>
        {
            var (histogram, other) = (new SurpriseHistogram(), new SurpriseHistogram());
            foreach (var (i, (surprise, day)) in launches.Index()) (i % 3 == 0 ? other : histogram).Count(surprise, day * 5);
            histogram.Add(other);

            Assert.Equal(histogram.AtLeast(-20), histogram.Total);
            Assert.Equal(histogram.Total, SurpriseHistogram.Parse(histogram.ToText()).Total);
        });

    [Fact]
    public void A_share_lies_between_those_of_the_points_around_it() =>
        Gen.Select(Gen.Double[0.001, 0.9].Array[1, 12], Gen.Double[-1, 14]).Sample((falls, surprise) =>
        {
            var share = 1.0;
            CalibrationPoint[] points = [.. falls.Select((fall, i) => new CalibrationPoint(i, share *= fall))];

            Assert.Equal(Plain(points, surprise), new Calibration(points).ShareAtLeast(surprise));
            foreach (var point in points) Assert.Equal(Plain(points, point.Surprise), new Calibration(points).ShareAtLeast(point.Surprise));
        });

    private static double Plain(CalibrationPoint[] points, double surprise)
    {
        if (surprise <= points[0].Surprise) return points[0].Share;
        if (surprise >= points[^1].Surprise) return points[^1].Share;
        var right = Array.FindIndex(points, p => p.Surprise >= surprise);
        var (low, high) = (points[right - 1], points[right]);
        var part = (surprise - low.Surprise) / (high.Surprise - low.Surprise);
        return Math.Exp(Math.Log(low.Share) + part * (Math.Log(high.Share) - Math.Log(low.Share)));
    }
}
