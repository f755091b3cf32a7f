using Changeling.Rarity;

namespace Changeling.Evaluation.Rankings;

/// <summary>The product's own estimator (docs/decisions/0007), with the constants that its prior carries.</summary>
internal sealed class PairMeasure(string name, Prior prior) : IRarityMeasure
{
    public string Name => name;

    public double Surprise(Look look) =>
        RarityEstimator.Rate(look.History, FleetParent.None, look.ParentClass, look.Child, prior, prior.Calibration).Surprise;
}
