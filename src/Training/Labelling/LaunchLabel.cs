namespace Changeling.Training.Labelling;

/// <summary>What somebody says about one launch of recorded telemetry.</summary>
/// <param name="Label">1 attack, 0 ordinary.</param>
/// <param name="Attack">The attack, test or incident that it is a step of; <see langword="null"/> if it is of none.</param>
/// <param name="Techniques">ATT&amp;CK ids.</param>
/// <param name="IsWeak">Whether it is everyday administration by itself: left out of training.</param>
public sealed record LaunchLabel(int Label, string? Attack, IReadOnlyList<string> Techniques, bool IsWeak);
