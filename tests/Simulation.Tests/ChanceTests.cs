namespace Changeling.Simulation.Tests;

public class ChanceTests
{
    [Fact]
    public void The_same_names_give_the_same_stream_on_every_machine()
    {
        var chance = Chance.For(1, "host", "0");

        Assert.Equal(Expected, Enumerable.Range(0, 3).Select(_ => chance.Next()));
    }

    [Fact]
    public void Names_that_are_split_elsewhere_give_another_stream() =>
        Assert.NotEqual(Chance.For(1, "ab", "c").Next(), Chance.For(1, "a", "bc").Next());

    [Fact]
    public void Numbers_stay_between_their_ends_and_reach_both()
    {
        var chance = Chance.For(3, "numbers");
        var numbers = Enumerable.Range(0, 500).Select(_ => chance.Between(-2L, 2L)).ToList();

        Assert.Equal(-2, numbers.Min());
        Assert.Equal(2, numbers.Max());
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(3)]
    [InlineData(40)]
    public void Counts_come_out_at_their_mean(double mean)
    {
        var chance = Chance.For(5, "counts");
        var average = Enumerable.Range(0, 20_000).Average(_ => chance.Count(mean));

        Assert.InRange(average, mean * 0.9, mean * 1.1);
    }

    private static readonly ulong[] Expected = [3385436093383108026, 5953412296335488488, 14371113864148252170];
}
