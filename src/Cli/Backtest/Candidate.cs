using Changeling.Rules;

namespace Changeling.Cli.Backtest;

/// <summary>An event after the learning time that rule 1 would have made an alert at some pair of thresholds.</summary>
/// <remarks>
/// The thresholds that are varied are the model's and the rarity from which the rule reports every malicious launch. What it reports because it
/// is new is reported at any rarity threshold, and some of that at any model threshold.
/// </remarks>
/// <param name="ModelThreshold">The highest model threshold at which it is one, 0–1: its probability, or 1 where the rule asks nothing of the threshold.</param>
/// <param name="RarityThreshold">The highest rarity threshold at which it is one, 0–100: its rarity, or 100 where the rule reports it as new.</param>
/// <param name="Truth">What it really was, where that is known.</param>
/// <param name="Clock">The partition clock at it, UTC.</param>
internal readonly record struct Candidate(double ModelThreshold, double RarityThreshold, TruthStep? Truth, DateTimeOffset Clock)
{
    /// <summary>Nobody would set a lower model threshold.</summary>
    public const double LeastProbability = 0.3;

    /// <summary>Nobody would set a lower rarity threshold.</summary>
    public const int LeastRarity = 40;

    private static RuleCondition Rule { get; } = RuleSet.Shipped.Find("unusual-process-by-parent")!.Condition!;

    /// <summary>The part of the rule that reports every malicious launch from a rarity on.</summary>
    private static RuleCondition Always { get; } = Rule.AnyOf!.Single(part => part.RarityAtLeast is not null);

    private static RuleCondition AsNew { get; } = Rule with { AnyOf = [.. Rule.AnyOf!.Where(part => part != Always)] };

    /// <summary>The rule's own rarity threshold, in the sense in which it is varied.</summary>
    public static double RuleThreshold { get; } = Always.RarityAtLeast!.Value;

    /// <summary>What an event is at best.</summary>
    /// <returns><see langword="null"/> for what is no alert at any pair of thresholds.</returns>
    public static Candidate? Of(Evidence evidence, TruthStep? truth, DateTimeOffset clock)
    {
        if (evidence.Rarity is not { Score: >= LeastRarity } rarity) return null;
        if (IsToldAsNew(evidence, malicious: false)) return new(1, 100, truth, clock);
        var probability = evidence.Prediction.Probability;
        if (probability < LeastProbability) return null;
        return new(probability, IsToldAsNew(evidence, malicious: true) ? 100 : rarity.Score, truth, clock);
    }

    /// <summary>Whether this candidate is an alert at a pair of thresholds.</summary>
    public bool Passes(double modelThreshold, double rarityThreshold) => ModelThreshold >= modelThreshold && RarityThreshold >= rarityThreshold;

    private static bool IsToldAsNew(Evidence evidence, bool malicious) =>
        AsNew.Holds(evidence with { Prediction = evidence.Prediction with { IsMalicious = malicious } });
}
