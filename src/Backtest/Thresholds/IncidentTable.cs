using Changeling.Backtest.Gathering;
using Changeling.Backtest.Reports;

namespace Changeling.Backtest.Thresholds;

/// <summary>
/// What each threshold of the incidents' score would have given. The score of an incident does not depend on the threshold, so one run
/// answers for all of them.
/// </summary>
/// <param name="candidates">Every incident that reached some score after the learning period, sent or not.</param>
/// <param name="days">Days by which alerts are divided.</param>
/// <param name="hosts">Hosts of the fleet.</param>
/// <param name="hasTruth">Whether there is a ground truth.</param>
internal sealed class IncidentTable(IReadOnlyList<IncidentCandidate> candidates, double days, int hosts, bool hasTruth)
{
    /// <summary>A budget counts as used up from this share on, because alerts are whole numbers.</summary>
    private const double UsedUp = 0.9;

    /// <summary>The lowest and highest threshold that the setting takes, in hundredths.</summary>
    private const int Lowest = 5;
    private const int Highest = 99;

    /// <summary>The first time that counts, UTC.</summary>
    public DateTimeOffset From { get; init; } = DateTimeOffset.MinValue;

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
            AttacksFound = hasTruth ? ChainsOf(alerts).Count : null,
            StepsFound = hasTruth ? alerts.Sum(a => a.Steps) : null,
            FalseAlerts = hasTruth ? alerts.Count(a => a.Chains.Count == 0) : null,
            LookAlikesAlerted = hasTruth ? alerts.Sum(a => a.LookAlikes) : null,
        };
    }

    /// <summary>The attacks that one threshold finds.</summary>
    public IReadOnlySet<string> Chains(double threshold) => ChainsOf(Passing(threshold));

    /// <summary>
    /// The threshold that keeps within a budget: where an attack is known, the one that finds most attacks, then most steps, then with
    /// fewest alerts; else, of those that use it up, the steadiest (docs/decisions/0018). Of equals it is the one closest to the present
    /// threshold. With truth only false alerts count against the budget.
    /// </summary>
    /// <param name="alertsPerDay">The budget.</param>
    /// <param name="present">The threshold of the run.</param>
    /// <param name="halfway">The middle of the days that the table is about.</param>
    /// <returns><see langword="null"/> when even the highest threshold exceeds it.</returns>
    public IncidentCell? Within(double alertsPerDay, double present, DateTimeOffset halfway)
    {
        var budget = alertsPerDay * days;
        var within = Enumerable.Range(Lowest, Highest - Lowest + 1).Select(hundredths => hundredths / 100.0).Append(present).Distinct()
            .Select(At).Where(cell => Counted(cell) <= budget).ToList();
        if (within.Count == 0) return null;
        return ChoosesByTruth
            ? within.OrderByDescending(c => c.AttacksFound)
                .ThenByDescending(c => c.StepsFound)
                .ThenBy(c => c.Alerts)
                .ThenBy(c => Math.Abs(c.Threshold - present))
                .First()
            : Steadiest(within, budget, present, halfway);
    }

    /// <summary>The alerts that count against a budget: with a ground truth, only false ones.</summary>
    public static int Counted(IncidentCell cell) => cell.FalseAlerts ?? cell.Alerts;

    /// <summary>
    /// Of the thresholds that use up a budget, the one whose later half of the days did so too: the best estimate for later days.
    /// </summary>
    private IncidentCell Steadiest(List<IncidentCell> within, double budget, double present, DateTimeOffset halfway)
    {
        var least = Math.Min(UsedUp * budget, within.Max(Counted));
        return within.Where(c => Counted(c) >= least)
            .OrderBy(c => Math.Abs((2 * Passing(c.Threshold).Count(i => i.ReachedAt(c.Threshold) >= halfway)) - budget))
            .ThenBy(c => Math.Abs(c.Threshold - present))
            .First();
    }

    private List<IncidentCandidate> Passing(double threshold) =>
        [.. candidates.Where(c => c.ReachedAt(threshold) is { } at && at >= From && at < Until)];

    private static HashSet<string> ChainsOf(IEnumerable<IncidentCandidate> alerts) =>
        alerts.SelectMany(a => a.Chains).ToHashSet(StringComparer.Ordinal);
}
