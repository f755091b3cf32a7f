using Changeling.Backtest.Recordings;

namespace Changeling.Backtest.Gathering;

/// <summary>An event after the learning period that would be an alert of the tuned rule at some pair of thresholds.</summary>
/// <param name="ModelThreshold">
/// The highest model threshold at which it is one, 0–1: its probability, or 1 if the rule does not use the threshold.
/// </param>
/// <param name="RarityThreshold">
/// The highest rarity threshold at which it is one, 0–100: its rarity, or 100 if the rule reports it as new.
/// </param>
/// <param name="Truth">The ground truth for the event, if it is known.</param>
/// <param name="Clock">The partition clock at the event, UTC.</param>
internal readonly record struct Candidate(double ModelThreshold, double RarityThreshold, TruthStep? Truth, DateTimeOffset Clock)
{
    /// <summary>Whether this candidate is an alert at a pair of thresholds.</summary>
    public bool Passes(double modelThreshold, double rarityThreshold) =>
        ModelThreshold >= modelThreshold && RarityThreshold >= rarityThreshold;
}
