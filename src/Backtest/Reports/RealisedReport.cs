namespace Changeling.Backtest.Reports;

/// <summary>
/// Whether the thresholds kept the budget on days on which they were not chosen. Alerts are events that both thresholds let through; with
/// truth, false ones only. The ratio is alerts a day realised by alerts a day where chosen; of expected, by what was expected of these days
/// when the thresholds were chosen; of the budget, by the budget. Without such days, <see langword="null"/>.
/// </summary>
public sealed record RealisedReport(
    double DaysChosenOn,
    int AlertsChosenOn,
    double AlertsPerDayChosenOn,
    double Days,
    int Alerts,
    double? AlertsPerDay,
    double? Ratio,
    double? OfBudget)
{
    /// <summary>
    /// Alerts a day that were expected of the days after the choice; <see langword="null"/> in reports of earlier layouts.
    /// </summary>
    public double? ExpectedPerDay { get; init; }

    /// <summary>Alerts a day realised by those expected.</summary>
    public double? OfExpected { get; init; }

    /// <summary>Compares the alerts on the days of the choice with those on the days after them.</summary>
    /// <param name="before">Alerts where the thresholds were chosen.</param>
    /// <param name="daysBefore">Those days.</param>
    /// <param name="after">Alerts on the days after them.</param>
    /// <param name="daysAfter">Those days; 0 for none.</param>
    /// <param name="expected">What was expected of the days after them, in alerts a day.</param>
    /// <param name="budget">The budget, in alerts a day.</param>
    public static RealisedReport Of(int before, double daysBefore, int after, double daysAfter, double expected, double budget)
    {
        var (had, realised) = (before / daysBefore, after / daysAfter);
        return new(
            Math.Round(daysBefore, 4), before, Math.Round(had, 3), Math.Round(daysAfter, 4), after,
            Finite(realised), Finite(realised / had), Finite(realised / budget))
        {
            ExpectedPerDay = expected,
            OfExpected = Finite(realised / expected),
        };
    }

    private static double? Finite(double value) => double.IsFinite(value) ? Math.Round(value, 3) : null;
}
