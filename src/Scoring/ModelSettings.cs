namespace Changeling.Scoring;

/// <summary>The hyper-parameters of one model: its trees and the linear model beside them.</summary>
/// <param name="Trees">Number of trees.</param>
/// <param name="Leaves">Maximum number of leaves in a tree, at most 32: a package with larger trees is refused.</param>
/// <param name="LearningRate">Shrinkage of each tree, 0–1.</param>
/// <param name="MinRows">Minimum number of rows in a leaf.</param>
/// <param name="FeatureShare">Share of the features that each tree may use, 0–1.</param>
/// <param name="L2">Ridge penalty on leaf values.</param>
/// <param name="Ridge">Ridge penalty on the weights of the linear model.</param>
/// <param name="LinearShare">Factor of the linear margin before it is added to that of the trees; 0 leaves it out.</param>
public sealed record ModelSettings(
    int Trees, int Leaves, double LearningRate, int MinRows, double FeatureShare, double L2, double Ridge = 3, double LinearShare = 1)
{
    /// <summary>How the two readings become one.</summary>
    public ReadingBalance Balance { get; init; } = new(1, 5);

    /// <summary>The settings of the shipped model, chosen by cross-validation.</summary>
    public static ModelSettings Default { get; } = new(200, 31, 0.12, 10, 0.3, 5);

    /// <summary>The settings that <c>train --search</c> compares: a bounded search, four cross-validations.</summary>
    public static IReadOnlyList<ModelSettings> Search { get; } =
    [
        Default, new(600, 15, 0.06, 10, 0.15, 10), new(300, 31, 0.06, 20, 0.15, 20), Default with { LinearShare = 0.5 },
    ];
}
