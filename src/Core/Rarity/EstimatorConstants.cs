namespace Changeling.Rarity;

/// <summary>
/// The constants of <see cref="RarityEstimator"/>, chosen by measurement (docs/decisions/0007 and 0015); they live in the prior file and
/// are part of the snapshot.
/// </summary>
/// <param name="Discount">d: launches that are subtracted from every child's count and reserved for children never seen; 0–1.</param>
/// <param name="Innovation">
/// ι: the part of the discount that each distinct child of a parent adds to the expected launches of a new child; above 0, below 1.
/// </param>
/// <param name="PriorWeight">κ: weight of one launch of the shipped prior, in launches; 0–1.</param>
/// <param name="ClassWeight">κ′: weight of a share of 1 in the parent's class, in launches; 0–5.</param>
/// <param name="HabitWeight">λ: weight of the rarity for the parent, relative to the rarity in the fleet; 0–1.</param>
public sealed record EstimatorConstants(
    double Discount = 0.5,
    double Innovation = 0.1,
    double PriorWeight = 0.1,
    double ClassWeight = 0.2,
    double HabitWeight = 0.5);
