namespace Changeling.Backtest.Recordings;

/// <summary>
/// The times of the messages of a history. A few that are far before or behind all others are from wrong clocks: the history does not
/// begin or end with them.
/// </summary>
internal sealed class EventTimes
{
    /// <summary>A message from a wrong clock is separated from the others by at least so many days without any message.</summary>
    private const long MinDaysBetween = 30;

    /// <summary>At most one message in so many is from a wrong clock, before the others and behind them.</summary>
    private const long MinMessagesForOne = 100;

    private readonly SortedDictionary<long, Day> _days = [];
    private long _count;

    /// <summary>Adds the time of a message, in ticks.</summary>
    public void Add(long ticks)
    {
        var number = ticks / TimeSpan.TicksPerDay;
        _days[number] = _days.TryGetValue(number, out var day)
            ? new(day.Count + 1, Math.Min(day.First, ticks), Math.Max(day.Last, ticks))
            : new(1, ticks, ticks);
        _count++;
    }

    /// <summary>The times of the first and the last message, without those from wrong clocks; 0 if there is none.</summary>
    public (long First, long Last) Span()
    {
        if (_count == 0) return default;
        return (Begin([.. _days]).First, Begin([.. _days.Reverse()]).Last);
    }

    /// <summary>The first day behind the last gap with few messages before it.</summary>
    private Day Begin(IReadOnlyList<KeyValuePair<long, Day>> days)
    {
        var (begin, before) = (days[0].Value, 0L);
        for (var i = 1; i < days.Count; i++)
        {
            before += days[i - 1].Value.Count;
            if (before * MinMessagesForOne > _count) break;
            if (Math.Abs(days[i].Key - days[i - 1].Key) > MinDaysBetween) begin = days[i].Value;
        }

        return begin;
    }

    private readonly record struct Day(long Count, long First, long Last);
}
