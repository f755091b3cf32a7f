using Changeling.Counts;
using Changeling.Exceptions;
using Changeling.Rules;

namespace Changeling.Deciding;

/// <summary>A rule that fired on an event.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Key">The quota that reporting it would use up.</param>
/// <param name="Exceptions">The result of the exceptions for it; <see langword="null"/> where there are none.</param>
internal sealed record FiredRule(RuleDefinition Rule, QuotaKey Key, ExceptionEvidence? Exceptions)
{
    /// <summary>Whether an exception suppresses it: it does not cause its finding to be sent.</summary>
    public bool IsSuppressed => Exceptions?.Matched is not null;

    /// <summary>Whether a cap applies. A suppressed rule does not use up a quota.</summary>
    public bool IsCapped => Rule.MostPerHour is not null && !IsSuppressed;
}
