using Changeling.Counts;
using Changeling.Exceptions;
using Changeling.Rules;

namespace Changeling.Deciding;

/// <summary>A rule that fired on an event.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Key">Whose cap it would take from.</param>
/// <param name="Exceptions">What the exceptions say of it; <see langword="null"/> where there are none.</param>
internal sealed record FiredRule(RuleDefinition Rule, QuotaKey Key, ExceptionEvidence? Exceptions)
{
    /// <summary>Whether an exception suppresses it: its finding is stored and never sent.</summary>
    public bool IsSuppressed => Exceptions?.Matched is not null;

    /// <summary>Whether a cap decides if it is reported. What is suppressed takes nothing from a cap.</summary>
    public bool IsCapped => Rule.MostPerHour is not null && !IsSuppressed;
}
