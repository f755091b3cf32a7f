namespace Changeling.Evaluation;

/// <summary>The progress of an evaluation.</summary>
/// <param name="Step">The current step, for people.</param>
/// <param name="Share">The share of that step that is done, 0–1.</param>
public readonly record struct RarityProgress(string Step, double Share);
