namespace Changeling.Evaluation;

/// <summary>How far an evaluation is.</summary>
/// <param name="Step">What is being done, for people.</param>
/// <param name="Share">The share of that step that is done, 0–1.</param>
public readonly record struct RarityProgress(string Step, double Share);
