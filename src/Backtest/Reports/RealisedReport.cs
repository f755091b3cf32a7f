namespace Changeling.Backtest.Reports;

/// <summary>
/// Whether the thresholds kept the budget on days on which they were not chosen. Alerts are events that both thresholds let through; with
/// truth, false ones only. The ratio is alerts a day realised by alerts a day where chosen; of the budget, by the budget. Without such
/// days, <see langword="null"/>.
/// </summary>
public sealed record RealisedReport(
    double DaysChosenOn,
    int AlertsChosenOn,
    double AlertsPerDayChosenOn,
    double Days,
    int Alerts,
    double? AlertsPerDay,
    double? Ratio,
    double? OfBudget);
