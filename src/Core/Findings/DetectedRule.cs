using Changeling.Counts;
using Changeling.Exceptions;
using Changeling.Rules;

namespace Changeling.Findings;

/// <summary>A rule that fired on the launch of a finding and that its cap, if it has one, let through.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Quota">What its cap let through and held back before; <see langword="null"/> for a rule without one.</param>
/// <param name="Exceptions">The result of the exceptions for it; <see langword="null"/> where there are none.</param>
public sealed record DetectedRule(RuleDefinition Rule, Quota? Quota = null, ExceptionEvidence? Exceptions = null)
{
    /// <summary>The exception that suppresses it.</summary>
    public ExceptionItem? SuppressedBy => Exceptions?.Matched;

    /// <summary>
    /// Puts the rule that leads first: one that is not suppressed, the most severe, the one with the highest risk, then by id.
    /// </summary>
    public static IReadOnlyList<DetectedRule> Ordered(IEnumerable<DetectedRule> rules) =>
    [
        .. rules.OrderBy(r => r.SuppressedBy is not null)
            .ThenByDescending(r => r.Rule.Severity)
            .ThenByDescending(r => r.Rule.RiskScore)
            .ThenBy(r => r.Rule.Id, StringComparer.Ordinal),
    ];
}
