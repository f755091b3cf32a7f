namespace Changeling.Backtest.Reports;

/// <summary>
/// What is expected in the days after the history: as much as in its newest days. Days is the number of these, and alerts the number of
/// alerts in them; with truth, false ones only, because attacks of a ground truth do not come again.
/// </summary>
public sealed record ForecastReport(double Days, int Alerts, WorkloadReport Workload);
