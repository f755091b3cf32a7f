using Changeling.Features;

namespace Changeling.Scoring;

/// <summary>Boosted trees over the dense features and a linear model over the sparse ones; their margins are added.</summary>
/// <remarks>The linear model's weights already hold its share of the sum.</remarks>
internal sealed record ModelPair(TreeEnsemble Trees, LinearModel Linear)
{
    /// <summary>The margin, in log-odds before calibration.</summary>
    public double Margin(FeatureVector features) => Trees.Margin(features.Values) + Linear.Margin(features.Grams);

    /// <summary>What is left of the margin when all contributions are taken away.</summary>
    public double Expectation => Trees.Expectation + Linear.Bias;
}
