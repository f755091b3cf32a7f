namespace Changeling.Model;

/// <summary>The hyper-parameters of one LightGBM ensemble.</summary>
/// <param name="Trees">Number of trees.</param>
/// <param name="Leaves">Most leaves a tree.</param>
/// <param name="LearningRate">Shrinkage of each tree, 0–1.</param>
/// <param name="MinRows">Fewest rows in a leaf.</param>
/// <param name="FeatureShare">Share of the features that each tree may use, 0–1.</param>
/// <param name="L2">Ridge penalty on leaf values.</param>
public sealed record TreeSettings(int Trees, int Leaves, double LearningRate, int MinRows, double FeatureShare, double L2)
{
    /// <summary>The settings of the shipped model, chosen by cross-validation.</summary>
    public static TreeSettings Default { get; } = new(400, 31, 0.06, 10, 0.3, 5);
}
