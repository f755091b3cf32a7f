using Changeling.Backtest.Thresholds;

namespace Changeling.Backtest.Tests;

/// <summary>The days of a history that its forecast is made from.</summary>
public sealed class NewestDaysTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 3, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0.4, 0.4)]
    [InlineData(1, 0.5)]
    [InlineData(7, 3.5)]
    [InlineData(13, 6.5)]
    [InlineData(14, 7)]
    [InlineData(20, 7)]
    [InlineData(30, 14)]
    public void They_are_the_newest_half_and_whole_weeks_of_two_weeks_or_more(double days, double newest)
    {
        var half = NewestDays.Of(Begin, days);

        Assert.Equal((newest, Begin.AddDays(days - newest)), (half.Days, half.From));
        Assert.False(half.Contains(half.From.AddTicks(-1)));
        Assert.True(half.Contains(half.From));
    }
}
