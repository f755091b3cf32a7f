using Changeling.Evaluation.Rankings;

namespace Changeling.Evaluation.Tests;

public sealed class LikelihoodsTests
{
    private static readonly Likelihoods Two =
        Likelihoods.Nothing.With(new Dictionary<string, double> { ["often.exe"] = 90, ["seldom.exe"] = 10 });

    [Fact]
    public void Named_children_and_the_tail_share_all_probability() =>
        Assert.Equal(1, Two.Of("often.exe") + Two.Of("seldom.exe") + Two.Tail, 1e-9);

    [Fact]
    public void The_sum_up_to_a_bound_holds_all_that_is_at_most_so_likely()
    {
        Assert.Equal(0, Two.SumAtMost(0));
        Assert.Equal(Two.Of("seldom.exe"), Two.SumAtMost(Two.Of("seldom.exe")), 1e-9);
        Assert.Equal(Two.Of("seldom.exe") + Two.Of("often.exe"), Two.SumAtMost(1), 1e-9);
    }

    [Fact]
    public void A_level_above_keeps_what_is_known_below_for_what_it_has_not_seen()
    {
        var above = Two.With(new Dictionary<string, double> { ["own.exe"] = 20 });

        Assert.InRange(above.Of("seldom.exe"), double.Epsilon, Two.Of("seldom.exe"));
        Assert.True(above.Of("own.exe") > above.Of("often.exe"));
    }
}
