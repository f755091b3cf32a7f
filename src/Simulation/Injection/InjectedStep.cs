namespace Changeling.Simulation.Injection;

/// <summary>The ground truth of one process start that was injected.</summary>
/// <param name="Dataset">The recording or rule that it comes from; the chain's id when it is an attack.</param>
/// <param name="Label">1 for an attack's step, 0 for a look-alike.</param>
/// <param name="Order">The step's place in its chain, from 1; <see langword="null"/> for a look-alike.</param>
/// <param name="Technique">ATT&amp;CK ids, where the corpus names any.</param>
/// <param name="IsWeak">An attack's step that is everyday administration on its own.</param>
public sealed record InjectedStep(string Dataset, int Label, int? Order, string? Technique, bool IsWeak);
