using Changeling.Backtest.Gathering;
using Changeling.Backtest.Reports;
using Changeling.Features;

namespace Changeling.Backtest.Thresholds;

/// <summary>
/// Chooses thresholds for a budget, on all days after the learning time or on the first of them only, and counts what the others gave.
/// </summary>
/// <param name="candidates">Every event at or above the lowest thresholds.</param>
/// <param name="ruleThreshold">The rule's own rarity threshold.</param>
/// <param name="learnt">When the learning time ended, the hub's clock.</param>
/// <param name="days">Days after it.</param>
/// <param name="hasTruth">Whether anything is known of what really happened.</param>
internal sealed class BudgetCheck(
    IReadOnlyList<Candidate> candidates, double ruleThreshold, DateTimeOffset learnt, double days, bool hasTruth)
{
    /// <summary>The thresholds that keep within a budget on the days that they are chosen on.</summary>
    /// <param name="budget">Says which days.</param>
    /// <param name="alertsPerDay">The budget for the whole fleet.</param>
    /// <param name="model">Whose threshold is the usual one.</param>
    /// <returns>The choice, counted over those days; <see langword="null"/> when nothing keeps within it.</returns>
    public (GridCell? Chosen, bool ByTruth) Choose(Budget budget, double alertsPerDay, ModelIdentity model)
    {
        var table = Table(before: true, budget);
        return (table.Within(alertsPerDay, model.Threshold, learnt + TimeSpan.FromDays(DaysChosenOn(budget) / 2)), table.ChoosesByTruth);
    }

    /// <summary>What the thresholds gave on the days that they were chosen on, and on those after.</summary>
    public RealisedReport Realised(Budget budget, double alertsPerDay, GridCell chosen)
    {
        var (on, after) = (
            Table(before: true, budget).At(chosen.ModelThreshold, chosen.RarityThreshold),
            Table(before: false, budget).At(chosen.ModelThreshold, chosen.RarityThreshold));
        var (onDays, afterDays) = (DaysChosenOn(budget), days - DaysChosenOn(budget));
        var (expected, realised) = (Counted(on) / onDays, Counted(after) / afterDays);
        return new RealisedReport(
            Math.Round(onDays, 4),
            Counted(on),
            Math.Round(expected, 3),
            Math.Round(afterDays, 4),
            Counted(after),
            Finite(realised),
            Finite(realised / expected),
            Finite(realised / alertsPerDay));
    }

    private ThresholdTable Table(bool before, Budget budget)
    {
        var (chosenOn, cut) = (DaysChosenOn(budget), learnt + TimeSpan.FromDays(budget.ChosenOnDays ?? 0));
        if (budget.ChosenOnDays is null) return new(candidates, ruleThreshold, days, hasTruth);
        return before
            ? new([.. candidates.Where(c => c.Clock < cut)], ruleThreshold, chosenOn, hasTruth)
            : new([.. candidates.Where(c => c.Clock >= cut)], ruleThreshold, days - chosenOn, hasTruth);
    }

    private double DaysChosenOn(Budget budget) => Math.Min(days, budget.ChosenOnDays ?? days);

    /// <summary>What counts against a budget: with truth, false alerts only.</summary>
    private static int Counted(GridCell cell) => cell.FalseAlerts ?? cell.Alerts;

    private static double? Finite(double value) => double.IsFinite(value) ? Math.Round(value, 3) : null;
}
