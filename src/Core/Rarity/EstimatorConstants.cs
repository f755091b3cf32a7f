namespace Changeling.Rarity;

/// <summary>
/// The constants of <see cref="RarityEstimator"/>, chosen by measurement (docs/decisions/0007 and 0015); they live in the prior file and
/// are part of the snapshot.
/// </summary>
/// <param name="Discount">d: launches taken off every child's count and set aside for what was never seen; 0–1.</param>
/// <param name="Innovation">
/// ι: how much of the discount each distinct child of a parent makes likely for any one new child; above 0, below 1.
/// </param>
/// <param name="PriorWeight">κ: launches that one launch of the shipped prior stands for; 0–1.</param>
/// <param name="ClassWeight">κ′: launches that certainty in the parent's class stands for; 0–5.</param>
/// <param name="HabitWeight">λ: how much the parent's own habit weighs beside the fleet's; 0–1.</param>
public sealed record EstimatorConstants(
    double Discount = 0.5,
    double Innovation = 0.1,
    double PriorWeight = 0.1,
    double ClassWeight = 0.2,
    double HabitWeight = 0.5);
