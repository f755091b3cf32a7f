namespace Changeling.Simulation.Injection;

/// <summary>When the steps of a chain happen after its first: as recorded, and seconds apart where no time was recorded.</summary>
internal static class ChainTimes
{
    public static IReadOnlyList<TimeSpan> Of(IReadOnlyList<InjectedRow> chain, Chance chance)
    {
        var times = new List<TimeSpan> { TimeSpan.Zero };
        foreach (var (before, row) in chain.Zip(chain.Skip(1)))
        {
            var gap = row.Time - before.Time;
            times.Add(times[^1] + (gap is { } recorded ? Whole(recorded) : TimeSpan.FromMilliseconds(chance.Between(1_000L, 60_000L))));
        }

        return times;
    }

    /// <summary>A recording longer than the time there is goes faster, all its gaps alike.</summary>
    public static IReadOnlyList<TimeSpan> Within(TimeSpan most, IReadOnlyList<TimeSpan> times)
    {
        var whole = times[^1];
        return whole <= most
            ? times
            : [
                .. times.Select(time => TimeSpan.FromMilliseconds(
                    (long)time.TotalMilliseconds * (long)most.TotalMilliseconds / (long)whole.TotalMilliseconds)),
            ];
    }

    private static TimeSpan Whole(TimeSpan gap) => TimeSpan.FromMilliseconds(Math.Max(0, (long)gap.TotalMilliseconds));
}
