using Changeling.Backtest.Reports;

namespace Changeling.Backtest.Gathering;

/// <summary>Day by day: launches and findings as they were collected, and incidents on the day of their first alert or message.</summary>
internal static class Days
{
    /// <summary>The report of all days, in order.</summary>
    /// <param name="days">The days so far; incidents are added to them.</param>
    /// <param name="alerts">The incidents that are alerts.</param>
    /// <param name="notes">The incidents of the learning period.</param>
    /// <param name="knowsTruth">Whether there is a ground truth.</param>
    public static IReadOnlyList<DayReport> Of(
        SortedDictionary<DateOnly, Day> days, IEnumerable<Alert> alerts, IEnumerable<IncidentReport> notes, bool knowsTruth)
    {
        foreach (var alert in alerts)
        {
            var day = At(days, alert.Clock);
            day.Alerts++;
            if (!alert.IsTrue) day.FalseAlerts++;
            day.Count(alert.Report.Rules);
        }

        foreach (var note in notes)
        {
            var day = At(days, note.Created);
            day.Notes++;
            day.Count(IncidentReports.AlertOf(note, note.Created).Rules);
        }

        return [.. days.Select(d => d.Value.Report(d.Key, knowsTruth))];
    }

    private static Day At(SortedDictionary<DateOnly, Day> days, DateTimeOffset clock)
    {
        var date = DateOnly.FromDateTime(clock.UtcDateTime);
        return days.TryGetValue(date, out var day) ? day : days[date] = new Day();
    }
}
