using Changeling.Features;

namespace Changeling.Training;

/// <summary>
/// Which fold of the cross-validation a dataset belongs to: by its name alone, so that every part of the project splits alike.
/// </summary>
public static class CorpusFolds
{
    /// <summary>Number of folds.</summary>
    public const int Count = 5;

    /// <summary>The fold of a dataset, 0 to <see cref="Count"/> − 1.</summary>
    public static int Of(string dataset) => (int)(StableHash.Of(dataset) % Count);
}
