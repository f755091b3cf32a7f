using Changeling.Rules;

namespace Changeling.Cli.Backtest;

/// <summary>An event after the learning time that rule 1 would have made an alert at some pair of thresholds, all else that it asks as it is.</summary>
/// <param name="ModelThreshold">The highest model threshold at which it is one, 0–1: its probability, or 1 where the rule asks nothing of the threshold.</param>
/// <param name="RarityThreshold">The highest rarity threshold at which it is one: its rarity, 0–100.</param>
/// <param name="Truth">What it really was, where that is known.</param>
/// <param name="Clock">The partition clock at it, UTC.</param>
internal readonly record struct Candidate(double ModelThreshold, double RarityThreshold, TruthStep? Truth, DateTimeOffset Clock)
{
    /// <summary>Nobody would set a lower model threshold.</summary>
    public const double LeastProbability = 0.3;

    /// <summary>Nobody would set a lower rarity threshold.</summary>
    public const int LeastRarity = 40;

    /// <summary>What rule 1 asks, whose two thresholds are varied.</summary>
    public static RuleCondition Rule { get; } = RuleSet.Shipped.Find("unusual-process-by-parent")!.Condition!;

    private static RuleCondition BesidesRarity { get; } = Rule with { RarityAtLeast = null };

    /// <summary>What an event is at best.</summary>
    /// <returns><see langword="null"/> for what is no alert at any pair of thresholds.</returns>
    public static Candidate? Of(Evidence evidence, TruthStep? truth, DateTimeOffset clock)
    {
        if (evidence.Rarity is not { Score: >= LeastRarity } rarity) return null;
        if (Fires(evidence, malicious: false)) return new(1, rarity.Score, truth, clock);
        var probability = evidence.Prediction.Probability;
        return probability >= LeastProbability && Fires(evidence, malicious: true) ? new(probability, rarity.Score, truth, clock) : null;
    }

    /// <summary>Whether this candidate is an alert at a pair of thresholds.</summary>
    public bool Passes(double modelThreshold, double rarityThreshold) => ModelThreshold >= modelThreshold && RarityThreshold >= rarityThreshold;

    private static bool Fires(Evidence evidence, bool malicious) =>
        BesidesRarity.Holds(evidence with { Prediction = evidence.Prediction with { IsMalicious = malicious } });
}
