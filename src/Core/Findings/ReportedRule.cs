using Changeling.Counts;
using Changeling.Deciding;

namespace Changeling.Findings;

/// <summary>A rule that fired and that its cap, if it has one, does not hold back.</summary>
/// <param name="Fired">The rule.</param>
/// <param name="Before">What its cap had let through and held back before the event; <see langword="null"/> without a cap.</param>
internal sealed record ReportedRule(FiredRule Fired, Quota? Before);
