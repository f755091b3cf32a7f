using Changeling.Rules;

namespace Changeling.Cli.Backtest;

/// <summary>An event after the learning time that rule 1 would have made an alert at lower thresholds, all else that it asks as it is.</summary>
/// <param name="Probability">From the model, 0–1.</param>
/// <param name="Rarity">0–100.</param>
/// <param name="Truth">What it really was, where that is known.</param>
/// <param name="Clock">The partition clock at it, UTC.</param>
internal readonly record struct Candidate(double Probability, double Rarity, TruthStep? Truth, DateTimeOffset Clock)
{
    /// <summary>Nobody would set a lower model threshold.</summary>
    public const double LeastProbability = 0.3;

    /// <summary>Nobody would set a lower rarity threshold.</summary>
    public const int LeastRarity = 40;

    /// <summary>What rule 1 asks, whose two thresholds are varied.</summary>
    public static RuleCondition Rule { get; } = RuleSet.Shipped.Find("unusual-process-by-parent")!.Condition!;

    private static RuleCondition BesidesThresholds { get; } = Rule with { Malicious = null, RarityAtLeast = null };

    /// <summary>Whether an event is one: what fails the rest of the rule is no alert at any threshold.</summary>
    public static bool Is(Evidence evidence) =>
        evidence.Prediction.Probability >= LeastProbability && evidence.Rarity?.Score >= LeastRarity && BesidesThresholds.Holds(evidence);
}
