using System.Text.Json.Nodes;
using Changeling.Backtest.Recordings;
using Changeling.Rules;

namespace Changeling.Backtest.Gathering;

/// <summary>
/// The rule whose thresholds a backtest varies: the model threshold, and the rarity threshold of the part that the rule declares as
/// tunable.
/// </summary>
/// <remarks>
/// The other parts report what is new. Their alerts do not depend on the rarity threshold, and some not on the model threshold either.
/// </remarks>
internal sealed class TunedRule
{
    /// <summary>Lowest rarity threshold that is tried.</summary>
    public const int LeastRarity = 40;

    private readonly RuleDefinition _rule;
    private readonly RuleCondition _asNew;

    private TunedRule(RuleDefinition rule, RuleCondition tunable)
    {
        _rule = rule;
        RarityThreshold = tunable.RarityAtLeast!.Value;
        _asNew = rule.Condition! with { AnyOf = [.. rule.Condition!.AnyOf!.Where(part => part != tunable)] };
    }

    /// <summary>The rule's id.</summary>
    public string Id => _rule.Id;

    /// <summary>The rule's own rarity threshold, in the sense in which it is varied.</summary>
    public double RarityThreshold { get; }

    /// <summary>Takes the rule that declares a tunable part.</summary>
    /// <exception cref="ArgumentException">No rule declares a tunable part.</exception>
    public static TunedRule Of(RuleSet rules) => rules.Tunable is { TunablePart: { } part } rule
        ? new TunedRule(rule, part)
        : throw new ArgumentException("No enabled rule declares a part as tunable.", nameof(rules));

    /// <summary>The highest thresholds at which an event is an alert.</summary>
    /// <returns>
    /// <see langword="null"/> for an event that is not an alert at any pair of thresholds from the model's own on.
    /// </returns>
    public Candidate? CandidateOf(Evidence evidence, TruthStep? truth, DateTimeOffset clock)
    {
        if (evidence.Rarity is not { Score: >= LeastRarity } rarity) return null;
        if (IsReportedAsNew(evidence, malicious: false)) return new(1, 100, truth, clock);
        if (!evidence.Prediction.IsMalicious) return null;
        return new(evidence.Prediction.Probability, IsReportedAsNew(evidence, malicious: true) ? 100 : rarity.Score, truth, clock);
    }

    /// <summary>The rule file that applies a pair of thresholds.</summary>
    /// <param name="modelThreshold">At least the model's own, 0–1.</param>
    /// <param name="rarityThreshold">0–100.</param>
    /// <param name="present">The threshold of the model that is in force.</param>
    public JsonObject FileOf(double modelThreshold, double rarityThreshold, double present)
    {
        var condition = _rule.Condition!;
        RuleCondition Part(RuleCondition part) => part with
        {
            RarityAtLeast = part.Tunable == true ? rarityThreshold : part.RarityAtLeast ?? condition.RarityAtLeast,
            ProbabilityAtLeast = part.Malicious == true && modelThreshold > present ? modelThreshold : part.ProbabilityAtLeast,
        };
        var changed = _rule with { Condition = condition with { RarityAtLeast = null, AnyOf = [.. condition.AnyOf!.Select(Part)] } };
        return new JsonObject
        {
            ["id"] = Id,
            ["condition"] = new JsonObject
            {
                ["rarityAtLeast"] = null,
                ["anyOf"] = RuleFile.Json(changed)["condition"]!["anyOf"]!.DeepClone(),
            },
        };
    }

    private bool IsReportedAsNew(Evidence evidence, bool malicious) =>
        _asNew.Holds(evidence with { Prediction = evidence.Prediction with { IsMalicious = malicious } });
}
