using Changeling.Backtest.Recordings;
using Changeling.Rules;

namespace Changeling.Backtest.Gathering;

/// <summary>
/// The rule whose thresholds a backtest varies: the model's, and the rarity of the part that the rule itself declares as tunable.
/// </summary>
/// <remarks>
/// The other parts report what is new. What they report is an alert at any rarity threshold, and some of it at any model threshold.
/// </remarks>
internal sealed class TunedRule
{
    /// <summary>Nobody would set a lower model threshold.</summary>
    public const double LeastProbability = 0.3;

    /// <summary>Nobody would set a lower rarity threshold.</summary>
    public const int LeastRarity = 40;

    private readonly RuleCondition _asNew;

    private TunedRule(RuleDefinition rule, RuleCondition tunable)
    {
        RarityThreshold = tunable.RarityAtLeast!.Value;
        _asNew = rule.Condition! with { AnyOf = [.. rule.Condition!.AnyOf!.Where(part => part != tunable)] };
    }

    /// <summary>The rule's own rarity threshold, in the sense in which it is varied.</summary>
    public double RarityThreshold { get; }

    /// <summary>Takes the rule that declares a tunable part.</summary>
    /// <exception cref="ArgumentException">None of the rules does.</exception>
    public static TunedRule Of(RuleSet rules) => rules.Tunable is { TunablePart: { } part } rule
        ? new TunedRule(rule, part)
        : throw new ArgumentException("No enabled rule declares a part as tunable.", nameof(rules));

    /// <summary>What an event is at best.</summary>
    /// <returns><see langword="null"/> for an event that is no alert at any pair of thresholds.</returns>
    public Candidate? CandidateOf(Evidence evidence, TruthStep? truth, DateTimeOffset clock)
    {
        if (evidence.Rarity is not { Score: >= LeastRarity } rarity) return null;
        if (IsReportedAsNew(evidence, malicious: false)) return new(1, 100, truth, clock);
        var probability = evidence.Prediction.Probability;
        if (probability < LeastProbability) return null;
        return new(probability, IsReportedAsNew(evidence, malicious: true) ? 100 : rarity.Score, truth, clock);
    }

    private bool IsReportedAsNew(Evidence evidence, bool malicious) =>
        _asNew.Holds(evidence with { Prediction = evidence.Prediction with { IsMalicious = malicious } });
}
