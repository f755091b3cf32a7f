using Changeling.Counts;
using CsCheck;

namespace Changeling.Core.Tests.Counts;

public class CountsTests
{
    private static readonly HalfLife ThirtyDays = new(30);

    [Fact]
    public void A_count_halves_in_its_half_life()
    {
        var left = ThirtyDays.Decay(new LaunchCount(LaunchCount.One.Units * 1000), 30);

        Assert.Equal(500, left.Launches, tolerance: 0.001);
    }

    [Fact]
    public void Decay_by_way_of_any_day_gives_the_same_integer() =>
        Gen.Select(Gen.Long[0, 1L << 50], Gen.Int[0, 400], Gen.Int[0, 400]).Sample((units, first, second) =>
        {
            var count = new LaunchCount(units);
            return ThirtyDays.Decay(ThirtyDays.Decay(count, first), second) == ThirtyDays.Decay(count, first + second);
        });

    [Fact]
    public void A_launch_is_forgotten_after_a_few_months()
    {
        var days = Enumerable.Range(0, 400).First(d => !ThirtyDays.Decay(LaunchCount.One, d).IsPresent);

        Assert.InRange(days, 120, 135); // 30 · log2(1 / 0.05) = 129.7
    }

    [Fact]
    public void A_count_below_a_twentieth_starts_again_from_nothing()
    {
        var faint = ThirtyDays.Decay(LaunchCount.One, 200);

        Assert.False(faint.IsPresent);
        Assert.Equal(LaunchCount.One, faint.PlusOne());
    }

    [Fact]
    public void Without_half_life_nothing_decays() =>
        Assert.Equal(LaunchCount.One, HalfLife.Never.Decay(LaunchCount.One, 10_000));
}
