using System.Text.Json.Serialization;

namespace Changeling.Backtest.Reports;

/// <summary>
/// What a number of alerts means for the people who look at them: alerts a day, the same for a fleet of 1,000 hosts, and hours of work a
/// day at ten minutes an alert.
/// </summary>
public sealed record WorkloadReport(
    double AlertsPerDay,
    [property: JsonPropertyName("alerts_per_1000_hosts_and_day")] double? AlertsPer1000HostsAndDay,
    double HoursPerDay)
{
    /// <summary>Minutes that an alert takes.</summary>
    public const int MinutesPerAlert = 10;

    /// <summary>The work that some alerts are.</summary>
    /// <param name="alerts">The alerts.</param>
    /// <param name="days">The days on which they came.</param>
    /// <param name="hosts">The hosts of the fleet.</param>
    /// <returns><see langword="null"/> without days.</returns>
    public static WorkloadReport? Of(int alerts, double days, int hosts)
    {
        if (!(days > 0)) return null;
        var perDay = alerts / days;
        return new(
            Math.Round(perDay, 3),
            hosts > 0 ? Math.Round(1000 * perDay / hosts, 3) : null,
            Math.Round(perDay * MinutesPerAlert / 60, 3));
    }
}
