namespace Changeling.Baseline;

/// <summary>The constants of the rarity estimator (design: p(c | P)); they live in the prior file and are part of the snapshot.</summary>
/// <param name="Discount">d: launches taken off every child's count and given to what lies below; 0–1.</param>
/// <param name="Strength">θ: launches that each level of the prior weighs; above 0.</param>
public sealed record EstimatorConstants(double Discount = 0.5, double Strength = 5);
