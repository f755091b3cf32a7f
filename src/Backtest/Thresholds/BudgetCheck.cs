using Changeling.Backtest.Gathering;
using Changeling.Backtest.Reports;
using Changeling.Features;

namespace Changeling.Backtest.Thresholds;

/// <summary>
/// Chooses thresholds for a budget, on all days after the learning period or on the first of them only, and counts the result on the other
/// days.
/// </summary>
/// <param name="candidates">Every event at or above the lowest thresholds.</param>
/// <param name="ruleThreshold">The rule's own rarity threshold.</param>
/// <param name="learnt">End of the learning period, by the hub's clock.</param>
/// <param name="days">Days after it.</param>
/// <param name="hasTruth">Whether there is a ground truth.</param>
internal sealed class BudgetCheck(
    IReadOnlyList<Candidate> candidates, double ruleThreshold, DateTimeOffset learnt, double days, bool hasTruth)
{
    /// <summary>The thresholds that keep within a budget on the days that they are chosen on.</summary>
    /// <param name="budget">The budget, with the days for the choice.</param>
    /// <param name="alertsPerDay">The budget for the whole fleet.</param>
    /// <param name="model">The model, whose threshold is the present one.</param>
    /// <returns>The choice, counted over those days; <see langword="null"/> when no thresholds keep within it.</returns>
    public (GridCell? Chosen, bool ByTruth) Choose(Budget budget, double alertsPerDay, ModelIdentity model)
    {
        var table = Table(before: true, budget);
        return (table.Within(alertsPerDay, model.Threshold), table.ChoosesByTruth);
    }

    /// <summary>The result of the thresholds on the days on which they were chosen, and on later days.</summary>
    public RealisedReport Realised(Budget budget, double alertsPerDay, GridCell chosen)
    {
        var (on, after) = (
            Table(before: true, budget).At(chosen.ModelThreshold, chosen.RarityThreshold),
            Table(before: false, budget).At(chosen.ModelThreshold, chosen.RarityThreshold));
        return RealisedReport.Of(
            Counted(on), DaysChosenOn(budget), Counted(after), days - DaysChosenOn(budget), on.ExpectedPerDay ?? 0, alertsPerDay);
    }

    private ThresholdTable Table(bool before, Budget budget)
    {
        var (chosenOn, cut) = (DaysChosenOn(budget), learnt + TimeSpan.FromDays(budget.ChosenOnDays ?? 0));
        if (budget.ChosenOnDays is null) return new(candidates, ruleThreshold, learnt, days, hasTruth);
        return before
            ? new([.. candidates.Where(c => c.Clock < cut)], ruleThreshold, learnt, chosenOn, hasTruth)
            : new([.. candidates.Where(c => c.Clock >= cut)], ruleThreshold, cut, days - chosenOn, hasTruth);
    }

    private double DaysChosenOn(Budget budget) => Math.Min(days, budget.ChosenOnDays ?? days);

    /// <summary>The alerts that count against a budget: with a ground truth, only false ones.</summary>
    private static int Counted(GridCell cell) => cell.FalseAlerts ?? cell.Alerts;
}
