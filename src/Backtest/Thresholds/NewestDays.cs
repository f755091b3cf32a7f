namespace Changeling.Backtest.Thresholds;

/// <summary>
/// The newest half of the days after the learning period: the forecast of the days after the history. In the first days counts are young,
/// so there are more alerts than later. Two weeks or more are halved to whole weeks, because weekends differ.
/// </summary>
/// <param name="From">Their begin, by the hub's clock, UTC.</param>
/// <param name="Days">Their number.</param>
internal readonly record struct NewestDays(DateTimeOffset From, double Days)
{
    private const double Week = 7;

    /// <summary>Less than half a day says nothing about later days.</summary>
    private const double Shortest = 0.5;

    /// <summary>Whether some days are enough for a forecast.</summary>
    public static bool CanTell(double days) => days >= Shortest;

    /// <summary>The newest half of some days; all of them if they are not enough.</summary>
    /// <param name="begin">Their begin, UTC.</param>
    /// <param name="days">Their number.</param>
    public static NewestDays Of(DateTimeOffset begin, double days)
    {
        if (!CanTell(days)) return new(begin, days);
        var half = days / 2;
        var newest = half < Week ? half : Math.Floor(half / Week) * Week;
        return new(begin + TimeSpan.FromDays(days - newest), newest);
    }

    /// <summary>Whether a time belongs to them, or to the end of the history after them.</summary>
    public bool Contains(DateTimeOffset time) => time >= From;
}
