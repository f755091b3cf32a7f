using Changeling.Backtest.Gathering;
using Changeling.Backtest.Reports;
using Changeling.Features;

namespace Changeling.Backtest.Thresholds;

/// <summary>
/// The findings about launches, of all rules, that other thresholds of the tuned rule would have given, and the thresholds that keep within
/// a budget.
/// </summary>
/// <param name="findings">What the pipeline decided.</param>
/// <param name="model">The model, whose threshold is the present one.</param>
/// <param name="learnt">End of the learning period, by the hub's clock, UTC.</param>
/// <param name="days">Days after it.</param>
/// <param name="hasTruth">Whether there is a ground truth.</param>
internal sealed class FindingThresholds(
    GatheredFindings findings, ModelIdentity model, DateTimeOffset learnt, double days, bool hasTruth)
{
    private readonly ThresholdTable _table = new(findings.Candidates, findings.Rule.RarityThreshold, learnt, days, hasTruth);

    /// <summary>A table for people to choose from.</summary>
    public IReadOnlyList<GridCell> Grid() => _table.Grid(model.Threshold);

    /// <summary>Chooses for a budget, and says what the choice gives.</summary>
    public BudgetReport Within(Budget budget, HistoryReport history)
    {
        var most = budget.AlertsPerDay(history.Hosts);
        var check = new BudgetCheck(
            findings.Candidates, findings.Rule.RarityThreshold, learnt, days, hasTruth);
        var (choice, byTruth) = check.Choose(budget, most, model);
        var chosen = choice is null ? null : _table.At(choice.ModelThreshold, choice.RarityThreshold);
        var present = _table.At(model.Threshold, findings.Rule.RarityThreshold);
        var presentChains = _table.Chains(model.Threshold, findings.Rule.RarityThreshold);
        var chosenChains = chosen is null ? new HashSet<string>() : _table.Chains(chosen.ModelThreshold, chosen.RarityThreshold);
        return new BudgetReport(
            budget.ToString(),
            most,
            byTruth ? "truth" : "forecast",
            chosen,
            _table.GivenUp(present, chosen),
            hasTruth ? [.. presentChains.Except(chosenChains).Order(StringComparer.Ordinal)] : null,
            hasTruth ? [.. chosenChains.Except(presentChains).Order(StringComparer.Ordinal)] : null)
        {
            RuleFile = chosen is null
                ? null
                : findings.Rule.FileOf(chosen.ModelThreshold, chosen.RarityThreshold, model.Threshold),
            Realised = chosen is null || budget.ChosenOnDays is null ? null : check.Realised(budget, most, chosen),
        };
    }
}
