using Changeling.Backtest.Gathering;
using Changeling.Backtest.Reports;

namespace Changeling.Backtest.Thresholds;

/// <summary>
/// What each threshold of the incidents' score would have given. The score of an incident does not depend on the threshold, so one run
/// answers for all of them.
/// </summary>
/// <param name="candidates">Every incident that reached some score after the learning period, sent or not.</param>
/// <param name="begin">Begin of the days that it is about, by the hub's clock, UTC. They end with <see cref="Until"/>.</param>
/// <param name="days">Days by which alerts are divided.</param>
/// <param name="hosts">Hosts of the fleet.</param>
/// <param name="hasTruth">Whether there is a ground truth.</param>
internal sealed class IncidentTable(
    IReadOnlyList<IncidentCandidate> candidates, DateTimeOffset begin, double days, int hosts, bool hasTruth)
{
    /// <summary>A budget counts as used up from this share on, because alerts are whole numbers.</summary>
    private const double UsedUp = 0.9;

    /// <summary>The lowest and highest threshold that the setting takes, in hundredths.</summary>
    private const int Lowest = 5;
    private const int Highest = 99;

    private readonly NewestDays _newest = NewestDays.Of(begin, days);

    /// <summary>The first time that does not count any more, UTC.</summary>
    public DateTimeOffset Until { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Whether a threshold is chosen by the attacks found, which needs at least one attack.</summary>
    public bool ChoosesByTruth => hasTruth && candidates.Any(c => c.Chains.Count > 0);

    /// <summary>A table for people to choose from.</summary>
    /// <param name="present">The threshold of the run, which is always in the table.</param>
    public IReadOnlyList<IncidentCell> Grid(double present) =>
    [
        .. Enumerable.Range(1, 19).Select(twentieths => twentieths / 20.0).Append(Highest / 100.0).Append(present)
            .Distinct().Order().Select(At),
    ];

    /// <summary>The result of one threshold.</summary>
    public IncidentCell At(double threshold)
    {
        var alerts = Passing(threshold);
        return new(threshold, alerts.Count, WorkloadReport.Of(alerts.Count, days, hosts))
        {
            Expected = WorkloadReport.Of(alerts.Count(a => IsExpected(a, threshold)), _newest.Days, hosts),
            AttacksFound = hasTruth ? ChainsOf(alerts).Count : null,
            StepsFound = hasTruth ? alerts.Sum(a => a.Steps) : null,
            FalseAlerts = hasTruth ? alerts.Count(a => a.Chains.Count == 0) : null,
            LookAlikesAlerted = hasTruth ? alerts.Sum(a => a.LookAlikes) : null,
        };
    }

    /// <summary>The attacks that one threshold finds.</summary>
    public IReadOnlySet<string> Chains(double threshold) => ChainsOf(Passing(threshold));

    /// <summary>
    /// The threshold that is expected to keep within a budget after these days. Where an attack is known, it is the one that finds most
    /// attacks, then most steps, then with fewest alerts; else, of those that use it up, the steadiest (docs/decisions/0035). Of equals it
    /// is the one closest to the present threshold. With truth only false alerts count against the budget.
    /// </summary>
    /// <param name="alertsPerDay">The budget.</param>
    /// <param name="present">The threshold of the run.</param>
    /// <returns><see langword="null"/> when even the highest threshold exceeds it.</returns>
    public IncidentCell? Within(double alertsPerDay, double present)
    {
        var within = Enumerable.Range(Lowest, Highest - Lowest + 1).Select(hundredths => hundredths / 100.0).Append(present).Distinct()
            .Select(At).Where(cell => cell.Expected!.AlertsPerDay <= alertsPerDay).ToList();
        if (within.Count == 0) return null;
        return ChoosesByTruth
            ? within.OrderByDescending(c => c.AttacksFound)
                .ThenByDescending(c => c.StepsFound)
                .ThenBy(c => c.Alerts)
                .ThenBy(c => Math.Abs(c.Threshold - present))
                .First()
            : Steadiest(within, alertsPerDay, present);
    }

    /// <summary>The alerts that count against a budget: with a ground truth, only false ones.</summary>
    public static int Counted(IncidentCell cell) => cell.FalseAlerts ?? cell.Alerts;

    /// <summary>Of the thresholds that use up a budget, the one whose newest days differ least from all of them.</summary>
    private IncidentCell Steadiest(List<IncidentCell> within, double alertsPerDay, double present)
    {
        var least = Math.Min(UsedUp * alertsPerDay, within.Max(c => c.Expected!.AlertsPerDay));
        return within.Where(c => c.Expected!.AlertsPerDay >= least)
            .OrderBy(c => Math.Abs((Counted(c) / days) - c.Expected!.AlertsPerDay))
            .ThenBy(c => Math.Abs(c.Threshold - present))
            .First();
    }

    /// <summary>Whether it counts for the days after the history.</summary>
    private bool IsExpected(IncidentCandidate alert, double threshold) =>
        _newest.Contains(alert.ReachedAt(threshold)!.Value) && (!hasTruth || alert.Chains.Count == 0);

    private List<IncidentCandidate> Passing(double threshold) =>
        [.. candidates.Where(c => c.ReachedAt(threshold) is { } at && at >= begin && at < Until)];

    private static HashSet<string> ChainsOf(IEnumerable<IncidentCandidate> alerts) =>
        alerts.SelectMany(a => a.Chains).ToHashSet(StringComparer.Ordinal);
}
