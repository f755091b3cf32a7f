using Changeling.Backtest.Gathering;
using Changeling.Backtest.Reports;
using Changeling.Rules;

namespace Changeling.Backtest.Thresholds;

/// <summary>
/// Chooses the threshold of the incidents' score for a budget, on all days after the learning period or on the first of them only, and
/// counts the result on the other days.
/// </summary>
/// <param name="candidates">Every incident that reached some score after the learning period.</param>
/// <param name="history">The history, with the end of the learning period and the days after it.</param>
/// <param name="hasTruth">Whether there is a ground truth.</param>
internal sealed class IncidentBudget(IReadOnlyList<IncidentCandidate> candidates, HistoryReport history, bool hasTruth)
{
    /// <summary>Chooses, and says what the choice gives.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="thresholds">The thresholds of the run.</param>
    /// <param name="present">The threshold of incidents of the run, 0–1.</param>
    public BudgetReport Choose(Budget budget, DecisionThresholds thresholds, double present)
    {
        var (most, learnt) = (budget.AlertsPerDay(history.Hosts), history.LearningUntil!.Value);
        var chosenOn = Math.Min(history.DaysAfterLearning, budget.ChosenOnDays ?? history.DaysAfterLearning);
        var cut = budget.ChosenOnDays is { } first ? learnt + TimeSpan.FromDays(first) : DateTimeOffset.MaxValue;
        var before = new IncidentTable(candidates, learnt, chosenOn, history.Hosts, hasTruth) { Until = cut };
        var all = new IncidentTable(candidates, learnt, history.DaysAfterLearning, history.Hosts, hasTruth);
        var threshold = before.Within(most, present)?.Threshold;
        var (had, has) = (all.Chains(present), threshold is { } chosen ? all.Chains(chosen) : new HashSet<string>());
        return new BudgetReport(
            budget.ToString(),
            most,
            before.ChoosesByTruth ? "truth" : "forecast",
            null,
            Math.Max(0, all.At(present).Alerts - (threshold is { } at ? all.At(at).Alerts : 0)),
            hasTruth ? [.. had.Except(has).Order(StringComparer.Ordinal)] : null,
            hasTruth ? [.. has.Except(had).Order(StringComparer.Ordinal)] : null)
        {
            ChosenIncidents = threshold is { } best ? all.At(best) : null,
            RuleFile = threshold is { } applied ? RuleFile.Json(thresholds with { Incident = applied }) : null,
            Realised = threshold is not { } kept || budget.ChosenOnDays is null ? null : RealisedReport.Of(
                IncidentTable.Counted(before.At(kept)),
                chosenOn,
                IncidentTable.Counted(
                    new IncidentTable(candidates, cut, history.DaysAfterLearning - chosenOn, history.Hosts, hasTruth).At(kept)),
                history.DaysAfterLearning - chosenOn,
                before.At(kept).Expected!.AlertsPerDay,
                most),
        };
    }
}
