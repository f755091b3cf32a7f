using Changeling.Catalogues;
using Changeling.Rules;

namespace Changeling.Findings;

/// <summary>
/// How bad a launch is, from the evidence. The rules that fired set a minimum, so that a team's own rule keeps its severity.
/// </summary>
/// <param name="Score">0–100.</param>
/// <param name="Severity">The severity that goes with the score, at least that of the rules.</param>
public readonly record struct Risk(int Score, Severity Severity)
{
    /// <summary>
    /// The risk of a launch. Each sign has a share by judgement: of launches with this sign alone, the share that a person would act on.
    /// Independent signs add up as 1 − ∏(1 − share).
    /// </summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="acts">What was found in the launch.</param>
    /// <param name="rules">The rules that fired and that no exception suppresses, or all if none is left; at least one.</param>
    public static Risk Of(Evidence evidence, IReadOnlyList<AttackReference> acts, IReadOnlyList<RuleDefinition> rules)
    {
        var score = Math.Max(ScoreOf(evidence, acts), rules.Max(r => r.RiskScore));
        return new(score, (Severity)Math.Max((int)SeverityOf(score), rules.Max(r => (int)r.Severity)));
    }

    /// <summary>The score by the evidence alone, 0–100.</summary>
    internal static int ScoreOf(Evidence evidence, IReadOnlyList<AttackReference> acts)
    {
        double[] shares =
        [
            0.35 * evidence.Prediction.Probability,
            0.25 * (evidence.Prediction.Act ?? 0),
            evidence.Rarity is { } rarity ? 0.3 * Math.Max(0, rarity.Score - 50) / 50 : 0,
            evidence.Blocklist is null ? 0 : 0.7,
            evidence.Masquerade.IsRenamed ? 0.4 : evidence.Masquerade.IsMisplaced ? 0.3 : 0,
            acts.Select(Stake).DefaultIfEmpty().Max(),
            evidence.Hosts is { IsNew: true } ? 0.1 : 0,
        ];
        return (int)Math.Round(100 * (1 - shares.Aggregate(1.0, (doubt, share) => doubt * (1 - share))));
    }

    /// <summary>The risk that a rule on many launches gives to all its findings.</summary>
    public static Risk Of(RuleDefinition rule) => new(rule.RiskScore, rule.Severity);

    /// <summary>What is at stake if the act succeeds: credentials, recovery and defences more than a download.</summary>
    private static double Stake(AttackReference act) => act.Tactic switch
    {
        "TA0006" or "TA0040" => 0.4,
        "TA0008" or "TA0010" or "TA0112" => 0.3,
        "TA0003" or "TA0004" or "TA0011" => 0.2,
        _ => 0.1,
    };

    /// <summary>The severity that goes with a score.</summary>
    internal static Severity SeverityOf(int score) => score switch
    {
        >= 95 => Severity.Critical,
        >= 73 => Severity.High,
        >= 47 => Severity.Medium,
        _ => Severity.Low,
    };
}
