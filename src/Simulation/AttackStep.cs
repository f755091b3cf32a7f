namespace Changeling.Simulation;

/// <summary>The ground truth of one process start that an attacker caused.</summary>
/// <param name="Chain">
/// The chain's id in this simulation, <c>1-web-shell</c>: number, then the kind of chain; for an injected one its dataset.
/// </param>
/// <param name="Order">The step's place in its chain, from 1.</param>
/// <param name="Technique">The MITRE ATT&amp;CK id, <c>T1059.001</c>; <see langword="null"/> where an injected row names none.</param>
public sealed record AttackStep(string Chain, int Order, string? Technique);
