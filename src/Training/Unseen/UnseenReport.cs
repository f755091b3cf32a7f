namespace Changeling.Training.Unseen;

/// <summary>What <see cref="UnseenEvaluation"/> found.</summary>
/// <param name="Seed">Seed of all random draws.</param>
/// <param name="Settings">The trainer's settings.</param>
/// <param name="Threshold">The one threshold of all figures, a probability.</param>
/// <param name="Figures">The figures, part by part; a set without rows has none.</param>
/// <param name="Worst">The worst errors of each set, in full; empty unless asked for.</param>
public sealed record UnseenReport(
    int Seed, Scoring.ModelSettings Settings, double Threshold, IReadOnlyList<UnseenFigure> Figures, IReadOnlyList<UnseenErrors> Worst);

/// <summary>One figure.</summary>
/// <param name="Part"><c>recordings</c>, <c>wild</c>, <c>cases</c>, <c>lures</c>, <c>evasion</c> or <c>form</c>.</param>
/// <param name="Set">The rows that were measured.</param>
/// <param name="Measure">What was measured.</param>
/// <param name="Value">The figure, 0–1.</param>
/// <param name="Rows">Rows counted: unique tuples of a dataset, or launches of the cases.</param>
/// <param name="Datasets">Their datasets; 0 for cases, which have none.</param>
public sealed record UnseenFigure(string Part, string Set, string Measure, double Value, int Rows, int Datasets);

/// <summary>The worst errors of one set, worst first.</summary>
/// <param name="Set">The rows.</param>
/// <param name="Rows">The errors.</param>
public sealed record UnseenErrors(string Set, IReadOnlyList<EvaluatedRow> Rows);
