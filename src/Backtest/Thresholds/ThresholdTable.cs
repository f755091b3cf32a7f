using Changeling.Backtest.Gathering;
using Changeling.Backtest.Reports;

namespace Changeling.Backtest.Thresholds;

/// <summary>
/// The findings about launches at all pairs of thresholds after the learning period. They are thresholds of one rule, and what other rules
/// report is counted at each. The model threshold is what this rule asks for, so that nothing else depends on it. The rarity threshold is
/// the one from which the rule reports every malicious launch; below its own 75 the rule's general one goes down with it.
/// </summary>
/// <param name="candidates">Every event at or above the lowest thresholds.</param>
/// <param name="ruleThreshold">The rule's own rarity threshold, always in the table for people.</param>
/// <param name="begin">Begin of the days that it is about, by the hub's clock, UTC.</param>
/// <param name="daysAfterLearning">These days, by which alerts are divided.</param>
/// <param name="hasTruth">Whether there is a ground truth.</param>
internal sealed class ThresholdTable(
    IReadOnlyList<Candidate> candidates, double ruleThreshold, DateTimeOffset begin, double daysAfterLearning, bool hasTruth)
{
    /// <summary>
    /// A budget counts as used up from this share on, because alerts are whole numbers and several have the same lineage.
    /// </summary>
    private const double UsedUp = 0.9;

    private static readonly double[] Probabilities = [0.8, 0.85, 0.9, 0.95, 0.99];
    private static readonly double[] Rarities = [40, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100];

    private readonly NewestDays _newest = NewestDays.Of(begin, daysAfterLearning);

    /// <summary>Whether thresholds are chosen by the attacks found, which needs at least one attack.</summary>
    public bool ChoosesByTruth => hasTruth && candidates.Any(c => c.Truth is { Chain: not null });

    /// <summary>A table for people to choose from.</summary>
    /// <param name="modelThreshold">The model's own threshold, the lowest in the table.</param>
    public IReadOnlyList<GridCell> Grid(double modelThreshold) =>
        [.. Probabilities.Where(p => p > modelThreshold)
            .Append(modelThreshold)
            .Order()
            .SelectMany(probability => Rarities.Append(ruleThreshold).Distinct().Order().Select(rarity => At(probability, rarity)))];

    /// <summary>The result of one pair of thresholds.</summary>
    public GridCell At(double modelThreshold, double rarityThreshold)
    {
        var alerts = candidates.Where(c => c.Passes(modelThreshold, rarityThreshold)).ToList();
        var steps = alerts.Where(a => a.Truth is { Chain: not null }).ToList();
        return new GridCell(modelThreshold, rarityThreshold, alerts.Count, Rounded(alerts.Count / daysAfterLearning))
        {
            ExpectedPerDay = Rounded(alerts.Count(IsExpected) / _newest.Days),
            AttacksFound = hasTruth ? steps.Select(s => s.Truth!.Chain).Distinct(StringComparer.Ordinal).Count() : null,
            StepsFound = hasTruth ? steps.Select(s => s.Truth).Distinct().Count() : null,
            FalseAlerts = hasTruth ? alerts.Count - steps.Count : null,
            LookAlikesAlerted = hasTruth ? alerts.Count(a => a.Truth is { Chain: null }) : null,
        };
    }

    /// <summary>Number of events that are alerts at one pair of thresholds and not at another.</summary>
    public int GivenUp(GridCell present, GridCell? chosen) =>
        candidates.Count(c => Passes(c, present) && !(chosen is not null && Passes(c, chosen)));

    /// <summary>The chains that one pair of thresholds finds.</summary>
    public IReadOnlySet<string> Chains(double modelThreshold, double rarityThreshold) => candidates
        .Where(c => c.Passes(modelThreshold, rarityThreshold) && c.Truth is { Chain: not null })
        .Select(c => c.Truth!.Chain!).ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// The thresholds that are expected to keep within a budget after these days. Where an attack is known, they are those that find most
    /// attacks, then most steps, then with fewest alerts; else, of those that use it up, the steadiest (docs/decisions/0035). With truth
    /// only false alerts count against the budget: otherwise the injected attacks would use it up.
    /// </summary>
    /// <param name="alertsPerDay">The budget.</param>
    /// <param name="modelThreshold">The model's own threshold.</param>
    /// <returns><see langword="null"/> when even the highest thresholds exceed it.</returns>
    public GridCell? Within(double alertsPerDay, double modelThreshold)
    {
        var all = Enumerable.Range(1, 99).Select(hundredths => hundredths / 100.0)
            .Where(p => p > modelThreshold)
            .Prepend(modelThreshold)
            .SelectMany(probability => Bars(probability))
            .Where(cell => cell.ExpectedPerDay <= alertsPerDay)
            .ToList();
        if (all.Count == 0) return null;

        var best = ChoosesByTruth
            ? all.OrderByDescending(c => c.AttacksFound)
                .ThenByDescending(c => c.StepsFound)
                .ThenBy(c => c.Alerts)
                .ThenByDescending(c => c.ModelThreshold)
                .First()
            : Steadiest(all, alertsPerDay);
        return At(best.ModelThreshold, best.RarityThreshold);
    }

    /// <summary>Of the thresholds that use up a budget, those whose newest days differ least from all of them.</summary>
    private GridCell Steadiest(List<GridCell> within, double alertsPerDay)
    {
        var least = Math.Min(UsedUp * alertsPerDay, within.Max(c => c.ExpectedPerDay!.Value));
        return within.Where(c => c.ExpectedPerDay >= least)
            .OrderBy(c => Math.Abs((Counted(c) / daysAfterLearning) - c.ExpectedPerDay!.Value))
            .ThenByDescending(c => c.ModelThreshold)
            .ThenByDescending(c => c.RarityThreshold)
            .First();
    }

    /// <summary>The alerts that count against a budget.</summary>
    private static int Counted(GridCell cell) => cell.FalseAlerts ?? cell.Alerts;

    /// <summary>All whole rarity thresholds at one model threshold, counted in one pass.</summary>
    private IEnumerable<GridCell> Bars(double modelThreshold)
    {
        var alerts = new int[102];
        var steps = new int[102];
        var expected = new int[102];
        var chains = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var c in candidates.Where(c => c.ModelThreshold >= modelThreshold))
        {
            var rarity = (int)c.RarityThreshold;
            alerts[rarity]++;
            if (IsExpected(c)) expected[rarity]++;
            if (c.Truth?.Chain is not { } chain) continue;
            steps[rarity]++;
            chains[chain] = Math.Max(rarity, chains.GetValueOrDefault(chain));
        }

        for (var rarity = 100; rarity >= TunedRule.LeastRarity; rarity--)
        {
            alerts[rarity] += alerts[rarity + 1];
            steps[rarity] += steps[rarity + 1];
            expected[rarity] += expected[rarity + 1];
            yield return new GridCell(modelThreshold, rarity, alerts[rarity], Rounded(alerts[rarity] / daysAfterLearning))
            {
                ExpectedPerDay = Rounded(expected[rarity] / _newest.Days),
                AttacksFound = chains.Values.Count(highest => highest >= rarity),
                StepsFound = steps[rarity],
                FalseAlerts = hasTruth ? alerts[rarity] - steps[rarity] : null,
            };
        }
    }

    /// <summary>Whether it counts for the days after the history.</summary>
    private bool IsExpected(Candidate c) => _newest.Contains(c.Clock) && (!hasTruth || c.Truth is not { Chain: not null });

    private static bool Passes(Candidate c, GridCell cell) => c.Passes(cell.ModelThreshold, cell.RarityThreshold);

    private static double? Rounded(double value) => double.IsFinite(value) ? Math.Round(value, 2) : null;
}
