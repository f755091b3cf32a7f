namespace Changeling.Rules;

/// <summary>The names behind ATT&amp;CK ids in one version; ids live in the rules, names in one data file a version.</summary>
/// <param name="Version">ATT&amp;CK version.</param>
/// <param name="Tactics">Id → name.</param>
/// <param name="Techniques">Id → name.</param>
public sealed record AttackNames(
    string Version, IReadOnlyDictionary<string, string> Tactics, IReadOnlyDictionary<string, string> Techniques);
