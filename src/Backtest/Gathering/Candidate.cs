using Changeling.Backtest.Recordings;

namespace Changeling.Backtest.Gathering;

/// <summary>An event after the learning time on which the tuned rule would have made an alert at some pair of thresholds.</summary>
/// <param name="ModelThreshold">
/// The highest model threshold at which it is one, 0–1: its probability, or 1 where the rule asks nothing of the threshold.
/// </param>
/// <param name="RarityThreshold">
/// The highest rarity threshold at which it is one, 0–100: its rarity, or 100 where the rule reports it as new.
/// </param>
/// <param name="Truth">What it really was, where that is known.</param>
/// <param name="Clock">The partition clock at it, UTC.</param>
internal readonly record struct Candidate(double ModelThreshold, double RarityThreshold, TruthStep? Truth, DateTimeOffset Clock)
{
    /// <summary>Whether this candidate is an alert at a pair of thresholds.</summary>
    public bool Passes(double modelThreshold, double rarityThreshold) =>
        ModelThreshold >= modelThreshold && RarityThreshold >= rarityThreshold;
}
