namespace Changeling.Scoring;

/// <summary>Boosted trees over the dense features and a linear model over the sparse ones; their margins are added.</summary>
/// <remarks>The linear model's weights already contain its factor in the sum.</remarks>
internal sealed record ModelPair(TreeEnsemble Trees, LinearModel Linear)
{
    /// <summary>The margin without all contributions.</summary>
    public double Expectation => Trees.Expectation + Linear.Bias;
}
