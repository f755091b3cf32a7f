namespace Changeling.Catalogues;

/// <summary>A tactic with one technique.</summary>
/// <param name="Tactic">For example <c>TA0005</c>.</param>
/// <param name="Technique">For example <c>T1036</c>, or a sub-technique: <c>T1218.011</c>.</param>
public sealed record AttackReference(string Tactic, string Technique);
