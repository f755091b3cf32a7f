namespace Changeling.Training;

/// <summary>The figures of one cut through scored rows.</summary>
/// <param name="By">What cuts: <c>all</c>, <c>recorded</c>, <c>repository</c>, <c>format</c>, <c>lineage</c> or <c>technique</c>.</param>
/// <param name="Name">The repository, format, parent class or technique.</param>
/// <param name="Tuples">Figures over unique tuples.</param>
/// <param name="Events">Figures over events.</param>
/// <param name="AboveThreshold">Share of attack tuples at or above the model threshold; NaN without any.</param>
/// <param name="FalseAlarms">Share of ordinary tuples at or above it; NaN without any.</param>
/// <param name="RocAuc">Interval of the tuples' ROC-AUC, datasets drawn with replacement.</param>
/// <param name="RecallAt1">The same of the recall at 1 % false positives.</param>
/// <param name="RecallAt5">The same at 5 %.</param>
public sealed record EvaluatedGroup(
    string By, string Name, RankingMetrics Tuples, RankingMetrics Events, double AboveThreshold, double FalseAlarms, Interval RocAuc,
    Interval RecallAt1, Interval RecallAt5);
